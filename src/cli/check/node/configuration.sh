# The configuration of containerd: which file it was started with, and what that imports.

main=$PROBE_CONFIG                # its main file
readonly most_config=1048576      # bytes of a file that is read
readonly default_config=/etc/containerd/config.toml

# flag VARIABLE NAME LETTER WORD...: the value of a flag of a process.
flag() {
  local variable=$1 name=$2 letter=$3
  printf -v "$variable" ''
  shift 3
  while (($# > 0)); do
    case $1 in
      --"$name" | -"$name" | -"$letter") printf -v "$variable" %s "${2-}" ;;
      --"$name"=* | -"$name"=* | -"$letter"=*) printf -v "$variable" %s "${1#*=}" ;;
    esac
    shift
  done
}

# find_process: a node may have a second containerd, such as Docker's. The mirror's has its socket or its main file.
find_process() {
  local folder name words config address likeness best=0 same=0 chosen='' line boot=0
  for folder in "$PROBE_ROOT"/proc/[0-9]*; do
    { IFS= read -r name <"$folder/comm" && [[ $name == containerd ]] && mapfile -d '' words <"$folder/cmdline"; } 2>/dev/null ||
      continue
    flag config config c "${words[@]}"
    flag address address a "${words[@]}"
    : "${config:=$default_config}"
    likeness=1
    [[ $config != "$PROBE_CONFIG" ]] || likeness=2
    [[ $address != "$PROBE_SOCKET" ]] || likeness=3
    if ((likeness > best)); then best=$likeness same=1 chosen=$folder main=$config
    elif ((likeness == best)); then same=$((same + 1))
    fi
  done
  if ((same != 1)); then
    main=$PROBE_CONFIG
    return
  fi
  while read -r name line; do [[ $name != btime ]] || boot=$line; done <"$PROBE_ROOT/proc/stat"
  { IFS= read -r line <"$chosen/stat"; } 2>/dev/null || return 0
  read -ra words <<<"${line##*) }"
  fact process "$((boot + ${words[19]-0} / 100))" # Linux tells ticks of 1/100 s to everybody
}

# configuration: the main file and what it imports, in the order in which containerd loads them.
configuration() {
  local pending=("$main") path file text import folder imports
  local -A loaded=()
  fact main "$main"
  while ((${#pending[@]} > 0)); do
    path=${pending[0]} pending=("${pending[@]:1}")
    [[ -z ${loaded[$path]-} ]] || continue
    loaded[$path]=yes
    if ! on_node file "$path" || [[ ! -e $file ]]; then
      fact missing "$path"
      continue
    fi
    if ! [[ -f $file && -r $file ]] || (($(stat -Lc %s -- "$file") > most_config)) || ! text=$(known_toml "$file"); then
      fact unreadable "$path"
      continue
    fi
    fact file "$path" "$(stat -Lc %Y -- "$file")" "$text"
    mapfile -t imports < <(known_toml "$file" imports)
    for import in "${imports[@]}"; do
      [[ $import == /* ]] || import=${path%/*}/$import
      import=$(realpath -ms -- "$import")
      if [[ $import != *'*'* ]]; then
        pending+=("$import")
        continue
      fi
      on_node folder "${import%/*}" || continue
      while IFS= read -r file; do pending+=("${import%/*}/${file##*/}"); done < <(compgen -G "$folder/${import##*/}" | sort)
    done
  done
}
