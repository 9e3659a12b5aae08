# shellcheck shell=bash disable=SC2034,SC2154
# Puts our settings for one registry in place. Key material comes first, so that no hosts.toml names a missing file.

declare -A state  # registry -> published, refused or nothing
declare -A seen   # registry -> what others wrote, as the last tick saw it

# at REGISTRY: the names that all functions here and in withdraw.sh work on.
at() {
  registry=$1
  target=$MIRROR_HOSTS_FOLDER/$1 own=$MIRROR_STATE_FOLDER/$1
  original=$target/.secured-mirror.original
}

# parts FOLDER: of its hosts.toml: the text in `current`, our block in `ours`, what is of others in `theirs`; `torn` as
# tell_apart has it. `written` is what we put there. Fails with the reason in `why` when that cannot be told.
parts() {
  local block='' lines
  written='' current='' theirs='' ours='' torn='' before=''
  [[ ! -L $1/hosts.toml ]] || no 'its hosts.toml is a link' || return 1
  if ! slurp "$1/hosts.toml" "$most_toml"; then
    [[ -e $1/hosts.toml ]] || return 0
    ((${#text} <= most_toml)) || no "its hosts.toml is longer than $most_toml bytes" || return 1
    [[ -s $1/.secured-mirror.written ]] && is_void "$1/hosts.toml" || no 'its hosts.toml cannot be read' || return 1
  fi
  current=$text
  mapfile -t lines <<<"$current"
  ((${#lines[@]} <= most_lines)) || no "its hosts.toml has more than $most_lines lines" || return 1
  ! slurp "$1/.secured-mirror.written" || written=$text
  block "$1"
  tell_apart "$current" "$written" || no 'the lines around our settings were changed' || return 1
  [[ $torn != all ]] || may_show_credential || put "$1/hosts.toml.damaged" "$current"
}

# may_show_credential: `current` may hold one, or a piece of one, so no copy of it may outlive the mirror.
may_show_credential() {
  shows_credential "$written" || [[ $current == *[Aa]uthorization* ]]
}

is_our_link() {
  [[ -L $target ]] && [[ $target -ef $own || $(readlink -- "$target") == "$own" ]]
}

is_real_folder() {
  [[ -d $target && ! -L $target ]]
}

# containerd uses such files when there is no hosts.toml that it takes notice of, and would not if there were.
has_certificates() {
  local found=("$1"/*.crt "$1"/*.cert "$1"/*.key)
  ((${#found[@]} > 0))
}

# settled TEXT: others wrote TEXT and left it alone for a whole tick.
settled() {
  [[ ${seen[$registry]-} != "=$1" ]] || return 0
  seen[$registry]="=$1"
  return 1
}

# keep_original: the file of others itself, for the way back.
keep_original() {
  [[ -z $previous$torn ]] || return 0
  [[ ! -e $original ]] || rm -f -- "$original" || return 1
  [[ ! -e $file ]] || ln -P -- "$file" "$original"
}

# link: containerd sees our folder from here on. Fails when others were faster.
link() {
  ln -sT -- "$own" "$target"
}

# read_default: `theirs` is what containerd takes for a registry without a folder.
read_default() {
  local folder=$MIRROR_HOSTS_FOLDER/_default written current ours torn before
  local target=$folder own=$MIRROR_STATE_FOLDER/_default
  theirs=
  [[ $registry != _default ]] && ! is_our_link || return 0
  [[ ! -L $folder || -d $folder ]] || no '_default is a link that leads nowhere' || return 1
  parts "$folder" && [[ -z $torn ]] || no 'the settings of _default cannot be read' || return 1
  ! has_certificates "$folder" || has_host_table "$theirs" || no '_default may rely on certificates beside its hosts.toml'
}

# Relative paths in the settings of _default are looked up in our folder: these links lead them back.
link_default() {
  local entry
  for entry in "$MIRROR_HOSTS_FOLDER"/_default/*; do
    case ${entry##*/} in hosts.toml | hosts.toml.damaged | .secured-mirror.*) continue ;; esac
    [[ -L $own/${entry##*/} ]] || ln -s -- "$entry" "$own/${entry##*/}" || return 1
  done
}

unlink_default() {
  local link entry
  for link in "$own"/*; do
    entry=$MIRROR_HOSTS_FOLDER/_default/${link##*/}
    [[ ! -L $link ]] || [[ -n $rest && (-e $entry || -L $entry) ]] || rm -f -- "$link"
  done
}

# look: what is there now. `live` says that ours are in force, `file` holds or shall hold them and `current` is its
# text, `rest` is what others set, `previous` our block.
look() {
  local theirs ours
  live='' folder=$own
  if is_our_link; then
    if written_by_others; then
      settled "$current" && adopt || return 1
    elif [[ -e $own/hosts.toml ]]; then
      live=yes
    else
      withdraw "$registry" # nothing behind the link
    fi
  fi
  if is_real_folder; then
    folder=$target
  elif [[ -z $live && (-e $target || -L $target) ]]; then
    no 'its folder is not a real one' || return 1
  fi
  file=$folder/hosts.toml
  parts "$folder" || return 1
  [[ -z $torn ]] || settled "$current" || return 1
  rest=$theirs previous=$ours
  if [[ $folder == "$own" ]]; then
    read_default || return 1
    rest=$theirs
  else
    live=$previous
    ! has_certificates "$folder" || has_host_table "$rest" ||
      no 'it may rely on certificates beside its hosts.toml' || return 1
  fi
  [[ -z $torn ]] || live=''
}

# Where others have a folder, ours go into it in front of theirs. Else the folder is a link of ours to one in memory,
# which also holds what _default says, because containerd no longer looks there.
# Fails with the reason in `why` when this registry cannot be mirrored, without one when the next tick may do better.
place() {
  local keep=$1 folder file current rest previous live block torn written before anew=''
  look || return 1
  [[ -n $live ]] || state[$registry]=
  [[ -n $live || -z $keep ]] || return 1
  if [[ -n $keep ]]; then block=$previous; else block "$folder"; fi
  if [[ $current == "$written" && $rest$block == "$before$previous" ]]; then
    merged=$current # as in nearly all ticks
  else
    merge "$rest" "$block" || return 1
  fi

  if [[ $folder == "$own" ]]; then
    [[ -d $own ]] || mkdir -p -- "$own" || return 1
    [[ -z $rest ]] || link_default || return 1
  else
    [[ -n $live$torn ]] || settled "$current" || return 1
  fi
  [[ -n $keep || $present == basic ]] || put_keys "$folder" || return 1
  if ! has_keys "$block"; then
    withdraw "$registry"
    return 1
  fi
  [[ -n $live || $folder == "$own" ]] || keep_original || return 1
  # Others may have made their edit in a copy that all can read.
  ! shows_credential "$block" || [[ $written == "$merged" ]] || anew=yes
  put "$folder/.secured-mirror.written" "$merged" && put "$file" "$merged" "$current" || return 1
  drop_keys "$folder" "$merged" "$MIRROR_KEY_SECONDS"
  if [[ $folder == "$own" ]]; then
    unlink_default
    is_our_link || link || return 1
  elif [[ -e $own ]]; then
    rm -rf -- "$own"
  fi
  unset "seen[$registry]"
  say_published
}

say_published() {
  local tag
  if [[ $block =~ client\.([0-9a-f]+)\.pem ]]; then
    say "$registry" "published $registry (generation ${BASH_REMATCH[1]})"
  else
    for tag in ${tags[credential]-}; do
      [[ $block != *"\"Basic ${header[credential $tag]}\""* ]] || say "$registry" "published $registry (generation $tag)"
    done
  fi
}

# refuse: leave this registry as others made it.
refuse() {
  local reason=$why
  withdraw "$registry"
  state[$registry]=refused
  say "$registry" "not mirroring $registry: $reason"
}

# publish REGISTRY [keep]: our settings in force, changes in theirs followed. With keep, only what is in force already.
publish() {
  at "$1"
  why=
  if place "${2-}"; then
    state[$registry]=published
  elif [[ -n $why ]]; then
    refuse
  fi
}
