# Settings of others for the registries of the stack, and what the node agent will do with them, by its own functions.

# What make_block in hosts-toml.sh puts into a block: only its length and the entry's address matter here.
present=mutual-tls identity_version=0000000000000000 resolve='' authorization='' entry=$PROBE_ENTRY MIRROR_DIAL_TIMEOUT=200ms

# judge FOLDER: whether the agent can put its settings in front of what others set. Fails with its reason.
judge() {
  local file=$1/hosts.toml text='' block lines parts=()
  [[ ! -L $file ]] || refuse 'its hosts.toml is a link' || return 1
  if ! slurp text "$file" "$most_toml" && [[ -e $file ]]; then
    ((${#text} <= most_toml)) || refuse "its hosts.toml is longer than $most_toml bytes" || return 1
    refuse 'its hosts.toml cannot be read' || return 1
  fi
  mapfile -t lines <<<"$text"
  ((${#lines[@]} <= most_lines)) || refuse "its hosts.toml has more than $most_lines lines" || return 1
  split 'parts[0]' 'parts[1]' "$text" || refuse 'the lines around our settings were changed' || return 1
  ! relies_on_certificates "$1" "${parts[1]}" || refuse 'it may rely on certificates beside its hosts.toml' || return 1
  make_block block "$1"
  merge 'parts[2]' "${parts[1]}" "$block"
}

# settings_of REGISTRY: none, ours, joined with what others set, default (joined with what they set for _default), or refused.
settings_of() {
  local hosts=$1 folder="$2/$1" default="$2/_default" kind=none
  registry=$1 reason=''
  if [[ -L $folder && $(readlink -- "$folder") == "$PROBE_STATE/$hosts" ]]; then kind=ours
  elif [[ -d $folder && ! -L $folder ]]; then
    kind=joined
    judge "$folder" || kind=refused
  elif [[ -e $folder || -L $folder ]]; then
    kind=refused reason='its folder is not a real one'
  elif [[ $hosts != _default && -d $default && ! -L $default ]]; then
    kind=default
    judge "$default" || kind=refused reason="_default: $reason"
  fi
  fact registry "$hosts" "$kind" "$reason"
}

# registries: what the stack lists, and folders of others: containerd does not ask _default for a registry that has a folder.
registries() {
  local folder path name
  on_node folder "$PROBE_HOSTS" || folder=$PROBE_ROOT$PROBE_HOSTS
  for name in $PROBE_REGISTRIES; do settings_of "$name" "$folder"; done
  for path in "$folder"/*/; do
    name=${path%/} name=${name##*/}
    [[ " $PROBE_REGISTRIES _default " == *" $name "* || $name == .* ]] || fact folder "$name"
  done
}

# default_list: where containerd's list of folders leads when it is taken for one path: nowhere, to the settings, or elsewhere.
default_list() {
  local settings path kind=absent
  if on_node path "$PROBE_HOSTS:/etc" && on_node settings "$PROBE_HOSTS"; then
    [[ ! -e $path ]] || kind=foreign
    if on_node path "$PROBE_HOSTS:/etc/docker/certs.d" && [[ $path == "$settings" ]]; then kind=leads; fi
  fi
  fact list "$kind"
}
