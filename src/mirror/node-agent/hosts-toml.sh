# The text of a hosts.toml: which lines are ours and where they belong. Changes no files, starts no processes.

readonly begin='# secured-mirror begin: kept by the node agent, taken back when it stops'
readonly end='# secured-mirror end'
readonly most_toml=65536 # bytes of a hosts.toml: real ones have some hundred, and reading more takes too long for a tick
readonly most_lines=2000 # of it, with ours

readonly blank_line='^[[:space:]]*(#.*)?$'
readonly table_name='[[:space:]]*([A-Za-z0-9_-]+|"([^"\]|\\.)*"|'\''[^'\'']*'\'')[[:space:]]*'
readonly table_line="^[[:space:]]*\\[{1,2}$table_name(\\.$table_name)*\\]{1,2}[[:space:]]*(#.*)?\$"
readonly key_line='^[[:space:]]*([A-Za-z0-9_-]+)[[:space:]]*(\.[[:space:]]*([A-Za-z0-9_-]+)[[:space:]]*)*=(.*)$'
readonly any_key="^$table_name(\\.$table_name)*="
readonly plain_text='^[^]["'\''#{}]+' quoted_text='^("([^"\]|\\.)*"|'\''[^'\'']*'\'')'
readonly host_line='^[[:space:]]*\[+[[:space:]]*["'\'']?host["'\'']?[[:space:]]*\]'
readonly stub_line='^[[:space:]]*\[[[:space:]]*["'\'']?host["'\'']?[[:space:]]*\][[:space:]]*(#.*)?$'

reason='' # why the registry cannot be mirrored

# refuse REASON
refuse() {
  reason=$1
  return 1
}

# make_block VARIABLE FOLDER: our lines for $registry: with the key material in FOLDER, or with the credential.
make_block() {
  local capabilities='"pull"' keys='' header=''
  [[ " $resolve " != *" $registry "* ]] || capabilities='"pull", "resolve"'
  if [[ $present == basic ]]; then header="[host.\"$entry\".header]"$'\n'"  Authorization = \"$authorization\""$'\n'
  else
    keys="  ca = \"$2/.secured-mirror.ca.$identity_version.pem\""$'\n'
    keys+="  client = \"$2/.secured-mirror.client.$identity_version.pem\""$'\n'
  fi
  printf -v "$1" '%s\n[host."%s"]\n  capabilities = [%s]\n%s  dial_timeout = "%s"\n%s%s\n' \
    "$begin" "$entry" "$capabilities" "$keys" "$MIRROR_DIAL_TIMEOUT" "$header" "$end"
}

# shows_credential TEXT: our lines in it do, so nobody but root may read it.
shows_credential() { [[ $1 == *"$begin"*$'\n  Authorization = '*"$end"* ]]; }

# split OURS THEIRS TEXT: our block ('' if there is none) and all the rest. Fails when our markers are damaged.
split() {
  local lines line part=before inside='' outside=''
  if [[ $3 != *"$begin"* && $3 != *"$end"* ]]; then
    printf -v "$1" ''
    printf -v "$2" %s "$3"
    return
  fi
  mapfile -t lines <<<"$3"
  for line in "${lines[@]}"; do
    if [[ $part == before && $line == "$begin" ]]; then part=inside inside=$line$'\n'
    elif [[ $part == inside && $line == "$end" ]]; then part=after inside+=$line$'\n'
    elif [[ $line == *"$begin"* || $line == *"$end"* ]]; then return 1
    elif [[ $part == inside ]]; then inside+=$line$'\n'
    else outside+=$line$'\n'
    fi
  done
  [[ $line == "$end" ]] || outside=${outside%$'\n'}
  printf -v "$1" %s "$inside"
  printf -v "$2" %s "$outside"
  [[ $part == after ]]
}

# has_host_table TEXT: older containerd takes no notice of a hosts.toml without one.
has_host_table() {
  local table=$'\n''[[:blank:]]*\[[[:blank:]]*["'\'']?host["'\'']?[[:blank:]]*[].]'
  [[ $'\n'$1 =~ $table ]]
}

# merge VARIABLE THEIRS BLOCK: THEIRS with BLOCK before the first table, so after the top-level keys. An empty table "host",
# as k3s writes it, stays before ours. Fails with the reason when that place is not certain.
merge() {
  local top='' lines line value depth=0 stub='' tables='' address=${entry#*://}
  [[ -z $address || $2 != *"$address"* ]] || refuse "others name $address already" || return 1
  ((${#2} + ${#3} <= most_toml)) || refuse "its hosts.toml is longer than $most_toml bytes with our lines" || return 1
  mapfile -t lines <<<"${2%$'\n'}"
  [[ -n $2 ]] || lines=()
  ((${#lines[@]} + 10 <= most_lines)) || refuse "its hosts.toml has more than $most_lines lines with ours" || return 1
  for line in "${lines[@]}"; do
    if [[ -n $tables ]]; then
      [[ $line != *'['* || ! $line =~ $host_line ]] || refuse 'others use a table "host" that cannot be added to' || return 1
      continue
    fi
    ((${#line} <= 4096)) || refuse 'others use a line before the first mirror that is longer than 4096 bytes' || return 1
    value=$line
    if [[ -n $line ]] && ((depth == 0)); then
      if [[ -z $stub && $line =~ $stub_line ]]; then stub=yes value=
      elif [[ $line =~ $table_line ]]; then
        tables=yes
        [[ ! $line =~ $host_line ]] || refuse 'others use a table "host" that cannot be added to' || return 1
        continue
      elif [[ -z $stub && $line =~ $key_line ]]; then
        [[ ${BASH_REMATCH[1]} != host ]] || refuse 'others use a key "host" that cannot be added to' || return 1
        value=${BASH_REMATCH[4]}
      elif [[ ! $line =~ $blank_line ]]; then
        refuse 'others use a line before the first mirror that is not understood' || return 1
      fi
    fi
    while [[ -n $value && $depth -ge 0 ]]; do
      case $value in
        '#'*) value= ;;
        '"""'* | "'''"*) depth=-1 ;;
        '['* | '{'*) depth=$((depth + 1)) value=${value:1} ;;
        ']'* | '}'*) depth=$((depth - 1)) value=${value:1} ;;
        *) if [[ $value =~ $plain_text || $value =~ $quoted_text ]]; then value=${value:${#BASH_REMATCH[0]}}; else depth=-1; fi ;;
      esac
    done
    ((depth >= 0)) || break
    top+=$line$'\n'
  done
  ((depth == 0)) || refuse 'others use a value before the first mirror that is not understood' || return 1
  printf -v "$1" %s "$top$3${2:${#top}}"
}
