# shellcheck shell=bash disable=SC2034,SC2154
# Takes our settings for a registry back: hosts.toml first, key material last. Also clears up after earlier runs.

# withdraw REGISTRY...: a pull may be between reading hosts.toml and reading the keys, so those wait a moment.
withdraw() {
  local name taken=
  for name; do
    at "$name"
    unset "state[$registry]"
    take_back
  done
  [[ -z $taken ]] || sleep 0.2
  for name; do
    at "$name"
    sweep
  done
}

take_back() {
  local file=$target/hosts.toml why written current theirs ours torn before count
  if is_our_link; then
    if written_by_others; then adopt; else rm -f -- "$target"; fi || return
    taken=$registry
  elif is_real_folder; then
    if ! parts "$target"; then
      # With NULs in it containerd refuses it, so what is known of better times stays.
      cut_out "$file" && not_nul "$file" && ((count == $(stat -Lc %s -- "$file"))) || return
    elif [[ -n $ours$torn ]]; then
      if slurp "$original" && [[ $text == "$theirs" || $text$'\n' == "$theirs" ]]; then
        mv -fT -- "$original" "$file"
      elif [[ -z $theirs && ! -e $original ]]; then
        rm -f -- "$file"
      else
        put "$file" "$theirs" "$current"
      fi || return
      taken=$registry
    fi
    [[ ! -e $original ]] || rm -f -- "$original"
    [[ ! -e $target/.secured-mirror.written ]] || rm -f -- "$target/.secured-mirror.written"
  fi
  [[ $taken != "$registry" ]] || say "$registry" "withdrew $registry"
}

# cut_out FILE: our block, line by line, where FILE cannot be read at once. Fails when it is damaged.
cut_out() {
  local temp=${1%/*}/.secured-mirror.new marks
  marks=$(grep -am 3 -e "$begin" -e "$end" -- "$1") || (($? == 1)) || return 1
  [[ -n $marks ]] || return 0
  [[ $marks == "$begin"$'\n'"$end" && ! -L $1 ]] || return 1
  sed "/^$begin\$/,/^$end\$/d" <"$1" >"$temp" && chmod --reference="$1" -- "$temp" || return 1
  chown --reference="$1" -- "$temp" 2>/dev/null || : # see put
  [[ ! $1 -nt $temp ]] && mv -fT -- "$temp" "$1" && taken=$registry
}

sweep() {
  is_our_link || [[ ! -e $own ]] || rm -rf -- "$own"
  is_real_folder || return 0
  slurp "$target/hosts.toml" "$most_toml" || [[ ! -e $target/hosts.toml ]] ||
    text=$(grep -ao '/[.]secured-mirror[.][a-z0-9.]*' -- "$target/hosts.toml") || (($? == 1)) || return 0
  drop_keys "$target" "$text"
  [[ ! -e $target/.secured-mirror.new ]] || rm -f -- "$target/.secured-mirror.new"
}

# written_by_others: they took our link for a folder and wrote into it. `current` is the text of its hosts.toml.
written_by_others() {
  local entry why written theirs ours torn before
  current=
  for entry in "$own"/*; do
    case ${entry##*/} in
      .secured-mirror.* | hosts.toml.damaged) ;;
      hosts.toml)
        parts "$own" || return 0
        if [[ -n $written ]]; then [[ $theirs == "$before" ]]; else [[ -n $ours ]]; fi || return 0
        ;;
      *) [[ -L $entry ]] || return 0 ;;
    esac
  done
  return 1
}

# adopt: what others wrote through our link becomes a real folder.
adopt() {
  local new=$MIRROR_HOSTS_FOLDER/.secured-mirror.folder.$registry entry why written current theirs ours torn before
  rm -rf -- "$new" && mkdir -m 0755 -- "$new" || return 1
  for entry in "$own"/*; do
    [[ $entry == "$own"/.secured-mirror.* ]] && continue
    [[ -L $entry && $(readlink -- "$entry") == "$MIRROR_HOSTS_FOLDER/_default/${entry##*/}" ]] && continue
    if [[ $entry == */hosts.toml ]] && parts "$own"; then
      [[ -z $written || $theirs != "$before" ]] || continue
      if [[ -n $ours$torn ]]; then
        adopt_rest || return 1
        continue
      fi
    fi
    cp -a -- "$entry" "$new/" || return 1
    if [[ $entry == */hosts.toml ]] && ! cut_out "$new/hosts.toml"; then
      say "$registry" "leaving $registry as it is: the lines around our settings were changed"
      return 1
    fi
  done
  rm -f -- "$target" || return 1
  mv -T -- "$new" "$target" && return
  link
  return 1
}

# adopt_rest: ours never comes into the new folder, which all can read.
adopt_rest() {
  write "$new/hosts.toml" "$theirs" && chmod --reference="$entry" -- "$new/hosts.toml" || return 1
  chown --reference="$entry" -- "$new/hosts.toml" 2>/dev/null || : # see put
}

# recover: finish or undo what a killed run had begun, and list in `orphans` what nobody wants mirrored any more.
recover() {
  local path name traces
  orphans=()
  for path in "$MIRROR_HOSTS_FOLDER"/.secured-mirror.folder.*; do
    at "${path##*/.secured-mirror.folder.}"
    if [[ -e $target || -L $target ]]; then rm -rf -- "$path"; else mv -T -- "$path" "$target"; fi
  done
  for path in "$MIRROR_HOSTS_FOLDER"/* "$MIRROR_STATE_FOLDER"/*; do
    name=${path##*/}
    [[ $path != "$state_folder" ]] || continue
    at "$name"
    traces=("$target"/.secured-mirror.*)
    slurp "$target/hosts.toml" || :
    if is_our_link || [[ -e $own || ${#traces[@]} -gt 0 || $text == *"$begin"* ]]; then
      [[ " $MIRROR_REGISTRIES " == *" $name "* ]] || orphans+=("$name")
    fi
  done
}
