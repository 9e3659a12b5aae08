# Takes our settings for a registry back: hosts.toml first, key material last. Also clears up after earlier runs.

# withdraw REGISTRY...: a pull may be between reading hosts.toml and reading the keys, so those wait a moment.
withdraw() {
  local name reason taken=
  for name; do
    select_registry "$name"
    unset "state[$registry]"
    take_back
  done
  [[ -z $taken ]] || sleep 0.2
  for name; do
    select_registry "$name"
    sweep
  done
}

take_back() {
  local file=$node_folder/hosts.toml text bytes
  local -A hosts
  if is_our_link; then
    if written_by_others text; then adopt; else rm -f -- "$node_folder"; fi || return
    taken=$registry
  elif is_real_folder; then
    if ! read_hosts_toml hosts "$node_folder"; then
      # With NULs in it containerd refuses it, so what is known of better times stays.
      cut_out "$file" && bytes=$(text_bytes "$file") && ((bytes == $(stat -Lc %s -- "$file"))) || return
    elif [[ -n ${hosts[ours]}${hosts[torn]} ]]; then
      if slurp text "$original" && [[ $text == "${hosts[theirs]}" || $text$'\n' == "${hosts[theirs]}" ]]; then
        mv -fT -- "$original" "$file"
      elif [[ -z ${hosts[theirs]} && ! -e $original ]]; then rm -f -- "$file"
      else put "$file" "${hosts[theirs]}" "${hosts[text]}"
      fi || return
      taken=$registry
    fi
    [[ ! -e $original ]] || rm -f -- "$original"
    [[ ! -e $node_folder/.secured-mirror.written ]] || rm -f -- "$node_folder/.secured-mirror.written"
  fi
  [[ $taken != "$registry" ]] || tell "$registry" "withdrew $registry"
}

# cut_out FILE: our block, line by line, where FILE cannot be read at once. Fails when it is damaged.
cut_out() {
  local temp=${1%/*}/.secured-mirror.new marks
  marks=$(grep -am 3 -e "$begin" -e "$end" -- "$1") || (($? == 1)) || return 1
  [[ -n $marks ]] || return 0
  [[ $marks == "$begin"$'\n'"$end" && ! -L $1 ]] || return 1
  sed "/^$begin\$/,/^$end\$/d" <"$1" >"$temp" && copy_mode "$1" "$temp" || return 1
  [[ ! $1 -nt $temp ]] && mv -fT -- "$temp" "$1" && taken=$registry
}

sweep() {
  local file=$node_folder/hosts.toml text
  is_our_link || [[ ! -e $own_folder ]] || rm -rf -- "$own_folder"
  is_real_folder || return 0
  slurp text "$file" "$most_toml" || [[ ! -e $file ]] ||
    text=$(grep -ao '/[.]secured-mirror[.][a-z0-9.]*' -- "$file") || (($? == 1)) || return 0
  drop_keys "$node_folder" "$text"
  [[ ! -e $node_folder/.secured-mirror.new ]] || rm -f -- "$node_folder/.secured-mirror.new"
}

# written_by_others VARIABLE: they took our link for a folder and wrote into it. VARIABLE gets the text of its hosts.toml.
written_by_others() {
  local path reason known=yes
  local -A hosts
  printf -v "$1" ''
  for path in "$own_folder"/*; do
    case ${path##*/} in
      .secured-mirror.* | hosts.toml.damaged) ;;
      hosts.toml)
        read_hosts_toml hosts "$own_folder" || known=''
        printf -v "$1" %s "${hosts[text]}"
        [[ -n $known ]] || return 0
        if [[ -n ${hosts[written]} ]]; then [[ ${hosts[theirs]} == "${hosts[before]}" ]]; else [[ -n ${hosts[ours]} ]]; fi ||
          return 0
        ;;
      *) [[ -L $path ]] || return 0 ;;
    esac
  done
  return 1
}

# adopt: what others wrote through our link becomes a real folder. Ours never comes into it, as all can read it.
adopt() {
  local folder=$MIRROR_HOSTS_FOLDER/.secured-mirror.folder.$registry path reason
  local -A hosts
  rm -rf -- "$folder" && mkdir -m 0755 -- "$folder" || return 1
  for path in "$own_folder"/*; do
    [[ $path == "$own_folder"/.secured-mirror.* ]] && continue
    [[ -L $path && $(readlink -- "$path") == "$MIRROR_HOSTS_FOLDER/_default/${path##*/}" ]] && continue
    if [[ $path == */hosts.toml ]] && read_hosts_toml hosts "$own_folder"; then
      [[ -z ${hosts[written]} || ${hosts[theirs]} != "${hosts[before]}" ]] || continue
      if [[ -n ${hosts[ours]}${hosts[torn]} ]]; then
        write "$folder/hosts.toml" "${hosts[theirs]}" && copy_mode "$path" "$folder/hosts.toml" || return 1
        continue
      fi
    fi
    cp -a -- "$path" "$folder/" || return 1
    if [[ $path == */hosts.toml ]] && ! cut_out "$folder/hosts.toml"; then
      say "$registry" "leaving $registry as it is: the lines around our settings were changed"
      return 1
    fi
  done
  rm -f -- "$node_folder" || return 1
  mv -T -- "$folder" "$node_folder" && return
  ln -sT -- "$own_folder" "$node_folder"
  return 1
}

# recover: finish or undo what a killed run had begun, and list in `orphans` the registries that nobody lists any more.
recover() {
  local path name text traces
  orphans=()
  for path in "$MIRROR_HOSTS_FOLDER"/.secured-mirror.folder.*; do
    select_registry "${path##*/.secured-mirror.folder.}"
    if [[ -e $node_folder || -L $node_folder ]]; then rm -rf -- "$path"; else mv -T -- "$path" "$node_folder"; fi
  done
  for path in "$MIRROR_HOSTS_FOLDER"/* "$MIRROR_STATE_FOLDER"/*; do
    name=${path##*/}
    [[ $path != "$state_folder" && ($path != "$own_list" || -z $list) && " $MIRROR_REGISTRIES " != *" $name "* ]] || continue
    select_registry "$name"
    traces=("$node_folder"/.secured-mirror.*)
    slurp text "$node_folder/hosts.toml" || :
    if is_our_link || [[ -e $own_folder || ${#traces[@]} -gt 0 || $text == *"$begin"* ]]; then orphans+=("$name"); fi
  done
}
