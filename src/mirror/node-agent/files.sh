# Files are read whole and written whole.

# slurp VARIABLE FILE [MOST]: its bytes, but never many more than MOST: no Secret or ConfigMap is larger than a mebibyte.
# Fails when it cannot be read, holds a NUL or is longer.
slurp() {
  printf -v "$1" ''
  [[ -f $2 ]] && { ! IFS= read -r -d '' -n "$((${3:-2097152} + 1))" "$1"; } <"$2"
}

# read_uptime VARIABLE: whole seconds since the node started.
read_uptime() {
  read -r "$1" _ <"$MIRROR_UPTIME"
  printf -v "$1" %s "${!1%%.*}"
}

# text_bytes FILE: how many of its bytes are no NUL.
text_bytes() (
  set -o pipefail
  tr -d '\0' <"$1" | wc -c
)

# is_void FILE: NULs alone, as a write leaves them that had not reached the disk when the power failed.
is_void() {
  local bytes
  [[ -s $1 ]] && bytes=$(text_bytes "$1") && ((bytes == 0))
}

# write TEMP TEXT: all of it, or failure.
write() {
  local text
  [[ ! -e $1 ]] || rm -f -- "$1" || return 1
  printf %s "$2" >"$1" && slurp text "$1" && [[ $text == "$2" ]]
}

# replace FILE TEXT: in memory, where nothing survives a loss of power.
replace() {
  local temp=${1%/*}/.secured-mirror.new text
  slurp text "$1" && [[ $text == "$2" ]] && return
  write "$temp" "$2" && mv -fT -- "$temp" "$1"
}

# copy_mode LIKE FILE: and the owner, which needs more rights than the agent has when it is not root's.
copy_mode() {
  chmod --reference="$1" -- "$2" || return 1
  chown --reference="$1" -- "$2" 2>/dev/null || :
}

# put FILE TEXT [OLD [ANEW]]: all of it or nothing, by rename. With OLD, FILE must still hold that; mode and owner of FILE
# stay, unless TEXT shows the credential: only root reads it then, and the original has the mode for afterwards.
# ANEW asks for another file even where the text is the same.
put() {
  local temp=${1%/*}/.secured-mirror.new unpublished=${1%/*}/.secured-mirror.original like=$1 text
  [[ -z ${4-} ]] && slurp text "$1" && [[ $text == "$2" ]] && return
  write "$temp" "$2" && sync -- "$temp" || return 1
  if (($# >= 3)); then
    if [[ -e $1 ]] && ! shows_credential "$2"; then
      ! shows_credential "$3" || [[ ! -e $unpublished ]] || like=$unpublished
      copy_mode "$like" "$temp" || return 1
    fi
    slurp text "$1" || [[ ! -e $1 ]] || is_void "$1" || return 1
    [[ $text == "$3" ]] || return 1
  fi
  mv -fT -- "$temp" "$1"
}

# find_mounted VARIABLE MOUNT: the directory of the current version of a mounted Secret or ConfigMap.
find_mounted() {
  cd -P -- "$2/..data" 2>/dev/null || return 1
  printf -v "$1" %s "$PWD"
  cd /
}

# write_dynamic_file NAME PLACEHOLDER VALUE [PLACEHOLDER VALUE]: from its template, or from the one for no value. The proxy reads
# it as a group and notices a rename at once.
write_dynamic_file() {
  local text=${contract[$1.none]-}
  [[ -z $3 ]] || text=${contract[$1]//$2/"$3"}
  umask 027
  replace "$MIRROR_PROXY_FOLDER/$1.json" "${text//"${4-}"/"${5-}"}"
  set -- $?
  umask 077
  return "$1"
}

# encode VARIABLE TEXT: as base64.
encode() {
  local base64
  base64=$(printf %s "$2" | base64 -w0) && [[ -n $base64 ]] && printf -v "$1" %s "$base64"
}
