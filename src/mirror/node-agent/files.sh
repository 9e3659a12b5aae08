# shellcheck shell=bash disable=SC2034,SC2154
# Files are read whole and written whole.

# slurp FILE [MOST]: its bytes in `text`, but never many more than MOST: no Secret or ConfigMap is larger than a mebibyte.
# Fails when it cannot be read, holds a NUL or is longer.
slurp() {
  text=
  [[ -f $1 ]] && { ! IFS= read -r -d '' -n "$((${2:-2097152} + 1))" text; } <"$1"
}

# not_nul FILE: how many of its bytes are no NUL, in `count`.
not_nul() {
  count=$(set -o pipefail; tr -d '\0' <"$1" | wc -c)
}

# is_void FILE: NULs alone, as a write leaves them that had not reached the disk when the power failed.
is_void() {
  local count
  [[ -s $1 ]] && not_nul "$1" && ((count == 0))
}

# write TEMP TEXT: all of it, or failure.
write() {
  [[ ! -e $1 ]] || rm -f -- "$1" || return 1
  printf %s "$2" >"$1" && slurp "$1" && [[ $text == "$2" ]]
}

# put FILE TEXT [OLD]: all of it or nothing, by rename. With OLD, FILE must still hold that; mode and owner of FILE stay,
# unless TEXT shows the credential: that is root's alone, and the original has the mode for afterwards.
# The caller's `anew` asks for another file even where the text is the same.
put() {
  local temp=${1%/*}/.secured-mirror.new like=$1
  [[ -z ${anew-} ]] && slurp "$1" && [[ $text == "$2" ]] && return
  write "$temp" "$2" && sync -- "$temp" || return 1
  if (($# == 3)); then
    if [[ -e $1 ]] && ! shows_credential "$2"; then
      ! shows_credential "$3" || [[ ! -e ${1%/*}/.secured-mirror.original ]] || like=${1%/*}/.secured-mirror.original
      chmod --reference="$like" -- "$temp" || return 1
      chown --reference="$like" -- "$temp" 2>/dev/null || : # needs more rights than the agent has when it is not root's
    fi
    slurp "$1" || [[ ! -e $1 ]] || is_void "$1" || return 1
    [[ $text == "$3" ]] || return 1
  fi
  mv -fT -- "$temp" "$1"
}

# data_folder MOUNT: the version of a mounted Secret or ConfigMap that is present now, in `folder`.
data_folder() {
  cd -P -- "$1/..data" 2>/dev/null || return 1
  folder=$PWD
  cd /
}

declare -A handed # file -> what the proxy was handed in it

# hand_over FILE TEXT: to the proxy, which reads as a group and notices a rename at once.
hand_over() {
  local file=$MIRROR_PROXY_FOLDER/$1 temp=$MIRROR_PROXY_FOLDER/.new.$1
  [[ ${handed[$1]-} != "$2" || ! -e $file ]] || return 0
  if ! slurp "$file" || [[ $text != "$2" ]]; then
    umask 027
    write "$temp" "$2" && mv -fT -- "$temp" "$file"
    set -- "$1" "$2" $?
    umask 077
    (($3 == 0)) || return 1
  fi
  handed[$1]=$2
}
