# What systemd gives containerd: proxies, without user and password.

readonly assignment="(^|[[:space:]\"'])((CONTAINERD_)?(HTTPS?_PROXY|NO_PROXY|https?_proxy|no_proxy))=([^\"'[:space:]]*)"

# proxies FILE TEXT: the assignments in a line.
proxies() {
  local rest=$2 name value scheme
  [[ ! $rest =~ ^[[:space:]]*[#\;] ]] || return 0
  while [[ $rest =~ $assignment ]]; do
    name=${BASH_REMATCH[2]} value=${BASH_REMATCH[5]} rest=${rest#*"${BASH_REMATCH[0]}"}
    if [[ $value == *@* ]]; then
      scheme=''
      [[ $value != *://* ]] || scheme=${value%%://*}://
      value=$scheme${value##*@}
    elif [[ $rest == *@* && ${name^^} != *NO_PROXY ]]; then
      value='not shown' # a password may hold what ends a value here
    fi
    fact variable "$1" "$name" "$value"
  done
}

# unit_files NAME: into `files`, in systemd's order: the unit itself, then its drop-ins by name; of equal ones the one in /etc wins.
unit_files() {
  local folder path place name unit=''
  local -A drop_ins=()
  for folder in {/usr/lib,/lib,/usr/local/lib,/run,/etc}/systemd/system; do
    if on_node path "$folder/$1" && [[ -f $path ]]; then unit=$folder/$1; fi
    on_node place "$folder/$1.d" || continue
    for path in "$place"/*.conf; do drop_ins[${path##*/}]=$folder/$1.d/${path##*/}; done
  done
  [[ -z $unit ]] || files+=("$unit")
  while IFS= read -r name; do [[ -z $name ]] || files+=("${drop_ins[$name]}"); done < <(printf '%s\n' "${!drop_ins[@]}" | sort)
}

# environment: files that a unit names count more than what it says itself.
environment() {
  local unit files file path line named=("$PROBE_ENVIRONMENT")
  for unit in $PROBE_UNITS; do
    files=()
    unit_files "$unit"
    for file in "${files[@]}"; do
      on_node path "$file" && [[ -f $path && -r $path ]] || continue
      fact unit "$file"
      while IFS= read -r line; do
        if [[ $line =~ ^[[:space:]]*Environment[[:space:]]*= ]]; then proxies "$file" "${line#*=}"; fi
        if [[ $line =~ ^[[:space:]]*EnvironmentFile[[:space:]]*=[[:space:]]*-?(.*)$ ]]; then
          line=${BASH_REMATCH[1]//%n/$unit}
          named+=("${line//%[Np]/${unit%.service}}")
        fi
      done <"$path"
    done
  done
  for file in "${named[@]}"; do
    on_node path "$file" && [[ -f $path && -r $path ]] || continue
    while IFS= read -r line; do proxies "$file" "$line"; done <"$path"
  done
}
