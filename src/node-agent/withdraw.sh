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
  local file=$target/hosts.toml current theirs ours rest block
  if is_our_link; then
    if written_by_others; then adopt; else rm -f -- "$target"; fi || return
    taken=$registry
  elif is_real_folder; then
    slurp "$file" || [[ ! -e $file ]] || return
    split "$text" || return
    if [[ -n $ours ]]; then
      current=$text rest=$theirs block=$ours
      if slurp "$original" && merge "$text" "$block" && [[ $merged == "$current" ]]; then
        mv -fT -- "$original" "$file"
      elif [[ -z $rest && ! -e $original ]]; then
        rm -f -- "$file"
      else
        put "$file" "$rest" "$current"
      fi || return
      taken=$registry
    fi
    [[ ! -e $original ]] || rm -f -- "$original"
  fi
  [[ $taken != "$registry" ]] || say "$registry" "withdrew $registry"
}

sweep() {
  is_our_link || [[ ! -e $own ]] || rm -rf -- "$own"
  is_real_folder || return 0
  slurp "$target/hosts.toml" || [[ ! -e $target/hosts.toml ]] || return 0
  drop_keys "$target" "$text"
  [[ ! -e $target/.secured-mirror.new ]] || rm -f -- "$target/.secured-mirror.new"
}

# written_by_others: they took our link for a folder and wrote into it.
written_by_others() {
  local entry theirs ours
  for entry in "$own"/*; do
    case ${entry##*/} in
      .secured-mirror.*) ;;
      hosts.toml)
        slurp "$entry" || return 0
        if [[ -n ${placed[$registry]-} ]]; then
          [[ $text == "${placed[$registry]}" ]] || return 0
        else
          split "$text" && [[ -n $ours ]] || return 0
        fi
        ;;
      *) [[ -L $entry ]] || return 0 ;;
    esac
  done
  return 1
}

# adopt: what others wrote through our link becomes a real folder.
adopt() {
  local new=$MIRROR_HOSTS_FOLDER/.secured-mirror.folder.$registry entry theirs ours
  if slurp "$own/hosts.toml" && ! split "$text"; then
    say "$registry" "leaving $registry as it is: the lines around our settings were changed"
    return 1
  fi
  rm -rf -- "$new" && mkdir -m 0755 -- "$new" || return 1
  for entry in "$own"/*; do
    [[ $entry == "$own"/.secured-mirror.* ]] && continue
    [[ -L $entry && $(readlink -- "$entry") == "$MIRROR_HOSTS_FOLDER/_default/${entry##*/}" ]] && continue
    if [[ $entry == */hosts.toml ]] && slurp "$entry" && split "$text"; then
      [[ $text != "${placed[$registry]-}" ]] || continue
      if [[ -n $ours ]]; then
        adopt_rest || return 1
        continue
      fi
    fi
    cp -a -- "$entry" "$new/" || return 1
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

# recover: finish or undo what a killed run had begun, and list in `strays` what nobody wants mirrored any more.
recover() {
  local path name traces
  strays=()
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
      [[ " $MIRROR_REGISTRIES " == *" $name "* ]] || strays+=("$name")
    fi
  done
}
