# Puts our settings for one registry in force. Key material comes first, so that no hosts.toml names a missing file.

declare -A state # registry -> published, refused or nothing
declare -A seen  # registry -> what others wrote, as the last tick saw it

# select_registry REGISTRY: the names on which all functions here and in withdraw.sh work.
select_registry() {
  registry=$1
  node_folder=$MIRROR_HOSTS_FOLDER/$1 own_folder=$MIRROR_STATE_FOLDER/$1
  original=$node_folder/.secured-mirror.original
}

# read_hosts_toml ARRAY FOLDER: its hosts.toml in `text`, in `written` what we wrote there, and what tell_apart adds.
# Fails with the reason when it cannot be read or told apart.
read_hosts_toml() {
  local -n toml=$1
  local file=$2/hosts.toml text='' written block lines
  toml=([text]='' [written]='' [theirs]='' [ours]='' [torn]='' [before]='')
  [[ ! -L $file ]] || refuse 'its hosts.toml is a link' || return 1
  if ! slurp text "$file" "$most_toml"; then
    [[ -e $file ]] || return 0
    ((${#text} <= most_toml)) || refuse "its hosts.toml is longer than $most_toml bytes" || return 1
    [[ -s $2/.secured-mirror.written ]] && is_void "$file" || refuse 'its hosts.toml cannot be read' || return 1
  fi
  toml[text]=$text
  mapfile -t lines <<<"$text"
  ((${#lines[@]} <= most_lines)) || refuse "its hosts.toml has more than $most_lines lines" || return 1
  slurp written "$2/.secured-mirror.written" || written=''
  toml[written]=$written
  make_block block "$2"
  tell_apart "$1" "$block" || refuse 'the lines around our settings were changed' || return 1
  # It may hold a credential, or a piece of one, so no copy of it may outlive the mirror.
  [[ ${toml[torn]} != all ]] || shows_credential "$written" || [[ $text == *[Aa]uthorization* ]] ||
    put "$2/hosts.toml.damaged" "$text"
}

is_our_link() {
  [[ -L $node_folder ]] && [[ $node_folder -ef $own_folder || $(readlink -- "$node_folder") == "$own_folder" ]]
}

is_real_folder() { [[ -d $node_folder && ! -L $node_folder ]]; }

# relies_on_certificates FOLDER TEXT: containerd uses such files while it takes no notice of the hosts.toml, and only then.
relies_on_certificates() {
  local files=("$1"/*.crt "$1"/*.cert "$1"/*.key)
  ((${#files[@]} > 0)) && ! has_host_table "$2"
}

# settled TEXT: others wrote TEXT and left it alone for a whole tick.
settled() {
  [[ ${seen[$registry]-} != "=$1" ]] || return 0
  seen[$registry]="=$1"
  return 1
}

# read_default VARIABLE: the settings that containerd takes for a registry without a folder.
read_default() {
  local node_folder=$MIRROR_HOSTS_FOLDER/_default own_folder=$MIRROR_STATE_FOLDER/_default
  local -A default
  printf -v "$1" ''
  [[ $registry != _default ]] && ! is_our_link || return 0
  [[ ! -L $node_folder || -d $node_folder ]] || refuse '_default is a link that leads nowhere' || return 1
  read_hosts_toml default "$node_folder" && [[ -z ${default[torn]} ]] ||
    refuse 'the settings of _default cannot be read' || return 1
  printf -v "$1" %s "${default[theirs]}"
  ! relies_on_certificates "$node_folder" "${default[theirs]}" ||
    refuse '_default may rely on certificates beside its hosts.toml'
}

# link_default: relative paths in the settings of _default are looked up in our folder: these links lead them back.
link_default() {
  local path
  for path in "$MIRROR_HOSTS_FOLDER"/_default/*; do
    case ${path##*/} in hosts.toml | hosts.toml.damaged | .secured-mirror.*) continue ;; esac
    [[ -L $own_folder/${path##*/} ]] || ln -s -- "$path" "$own_folder/${path##*/}" || return 1
  done
}

unlink_default() { # SETTINGS
  local link path
  for link in "$own_folder"/*; do
    path=$MIRROR_HOSTS_FOLDER/_default/${link##*/}
    [[ ! -L $link ]] || [[ -n $1 && (-e $path || -L $path) ]] || rm -f -- "$link"
  done
}

# inspect ARRAY: the hosts.toml that containerd reads or will read, as read_hosts_toml has it, and its `folder`. `theirs` is
# what others set, `live` says that ours are in force.
inspect() {
  local -n found=$1
  local live='' folder=$own_folder text
  if is_our_link; then
    if written_by_others text; then settled "$text" && adopt || return 1
    elif [[ -e $own_folder/hosts.toml ]]; then live=yes
    else
      withdraw "$registry" # nothing behind the link
    fi
  fi
  if is_real_folder; then folder=$node_folder
  elif [[ -z $live && (-e $node_folder || -L $node_folder) ]]; then refuse 'its folder is not a real one' || return 1
  fi
  read_hosts_toml "$1" "$folder" || return 1
  [[ -z ${found[torn]} ]] || settled "${found[text]}" || return 1
  if [[ $folder == "$own_folder" ]]; then
    read_default text || return 1
    found[theirs]=$text
  else
    live=${found[ours]}
    ! relies_on_certificates "$folder" "${found[theirs]}" ||
      refuse 'it may rely on certificates beside its hosts.toml' || return 1
  fi
  [[ -z ${found[torn]} ]] || live=''
  found[live]=$live found[folder]=$folder
}

# apply [keep]: where others have a folder, ours go into it in front of theirs. Else the folder is a link of ours to one in
# memory, which also holds what _default says, because containerd no longer looks there.
# Fails with the reason when this registry cannot be mirrored, without one when the next tick may do better.
apply() {
  local folder file merged block anew=''
  local -A hosts
  inspect hosts || return 1
  folder=${hosts[folder]} file=${hosts[folder]}/hosts.toml
  [[ -n ${hosts[live]} ]] || state[$registry]=
  [[ -n ${hosts[live]} || -z $1 ]] || return 1
  if [[ -n $1 ]]; then block=${hosts[ours]}; else make_block block "$folder"; fi
  if [[ ${hosts[text]} == "${hosts[written]}" && ${hosts[theirs]}$block == "${hosts[before]}${hosts[ours]}" ]]; then
    merged=${hosts[text]} # as in nearly all ticks
  else merge merged "${hosts[theirs]}" "$block" || return 1
  fi

  if [[ $folder == "$own_folder" ]]; then
    [[ -d $own_folder ]] || mkdir -p -- "$own_folder" || return 1
    [[ -z ${hosts[theirs]} ]] || link_default || return 1
  else [[ -n ${hosts[live]}${hosts[torn]} ]] || settled "${hosts[text]}" || return 1
  fi
  [[ -n $1 || $present == basic ]] || put_keys "$folder" || return 1
  if ! has_keys "$block"; then
    withdraw "$registry"
    return 1
  fi
  if [[ -z ${hosts[live]}${hosts[ours]}${hosts[torn]} && $folder == "$node_folder" ]]; then # keep theirs for the way back
    [[ ! -e $original ]] || rm -f -- "$original" || return 1
    [[ ! -e $file ]] || ln -P -- "$file" "$original" || return 1
  fi
  # Others may have made their edit in a copy that all can read.
  ! shows_credential "$block" || [[ ${hosts[written]} == "$merged" ]] || anew=yes
  put "$folder/.secured-mirror.written" "$merged" && put "$file" "$merged" "${hosts[text]}" "$anew" || return 1
  drop_keys "$folder" "$merged" "$MIRROR_KEY_SECONDS"
  if [[ $folder == "$own_folder" ]]; then
    unlink_default "${hosts[theirs]}"
    is_our_link || ln -sT -- "$own_folder" "$node_folder" || return 1 # others may be faster
  elif [[ -e $own_folder ]]; then rm -rf -- "$own_folder"
  fi
  unset "seen[$registry]"
  say_published "$block"
}

say_published() { # BLOCK
  local version
  if [[ $1 =~ client\.([0-9a-f]+)\.pem ]]; then tell "$registry" "published $registry (version ${BASH_REMATCH[1]})"
  else
    for version in ${accepted[credential]-}; do
      [[ $1 != *"\"Basic ${header[credential $version]}\""* ]] || tell "$registry" "published $registry (version $version)"
    done
  fi
}

# publish REGISTRY [keep]: our settings in force, changes in theirs followed. With keep, only what is in force already.
publish() {
  local because
  select_registry "$1"
  reason=''
  if apply "${2-}"; then state[$registry]=published
  elif [[ -n $reason ]]; then # leave this registry as others made it
    because=$reason
    withdraw "$registry"
    state[$registry]=refused
    say "$registry" "not mirroring $registry: $because"
  fi
}
