# shellcheck shell=bash disable=SC2034,SC2154
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

# no REASON: why this registry cannot be mirrored.
no() {
  why=$1
  return 1
}

# block FOLDER: our lines for $registry in `block`: with the key material in FOLDER, or with the credential.
block() {
  local capabilities='"pull"' way
  [[ " $resolve " != *" $registry "* ]] || capabilities='"pull", "resolve"'
  if [[ $present == basic ]]; then
    way="  dial_timeout = \"$MIRROR_DIAL_TIMEOUT\"
[host.\"$entry\".header]
  Authorization = \"$authorization\""
  else
    way="  ca = \"$1/.secured-mirror.ca.$generation.pem\"
  client = \"$1/.secured-mirror.client.$generation.pem\"
  dial_timeout = \"$MIRROR_DIAL_TIMEOUT\""
  fi
  block="$begin
[host.\"$entry\"]
  capabilities = [$capabilities]
$way
$end
"
}

# shows_credential TEXT: our lines in it do, so nobody but root may read it.
shows_credential() {
  [[ $1 == *"$begin"*$'\n  Authorization = '*"$end"* ]]
}

# split TEXT: `ours` is our block ('' if there is none), `theirs` all the rest. Fails when our markers are damaged.
split() {
  local lines line part=''
  theirs=$1 ours=
  [[ $1 == *"$begin"* || $1 == *"$end"* ]] || return 0
  theirs=
  mapfile -t lines <<<"$1"
  for line in "${lines[@]}"; do
    if [[ $line == "$begin" && -z $part ]]; then
      part=inside ours=$line$'\n'
    elif [[ $line == "$end" && $part == inside ]]; then
      part=after ours+=$line$'\n'
    elif [[ $line == *"$begin"* || $line == *"$end"* ]]; then
      return 1
    elif [[ $part == inside ]]; then
      ours+=$line$'\n'
    else
      theirs+=$line$'\n'
    fi
  done
  [[ $line == "$end" ]] || theirs=${theirs%$'\n'}
  [[ $part == after ]]
}

# has_host_table TEXT: older containerd takes no notice of a hosts.toml without one.
has_host_table() {
  local lines line table='^[[:space:]]*\[[[:space:]]*["'\'']?host["'\'']?[[:space:]]*[].]'
  mapfile -t lines <<<"$1"
  for line in "${lines[@]}"; do
    [[ $line != *'['* || ! $line =~ $table ]] || return 0
  done
  return 1
}

# merge THEIRS BLOCK: THEIRS with BLOCK before the first table, so after the top-level keys, in `merged`. An empty table
# "host", as k3s writes it, stays before ours.
# Fails with the reason in `why` when that place cannot be told for sure.
merge() {
  local rest=$1 top='' lines line value depth=0 stub='' tables='' address=${entry#*://}
  [[ -z $address || $1 != *"$address"* ]] || no "others name $address already" || return 1
  ((${#1} + ${#2} <= most_toml)) || no "its hosts.toml is longer than $most_toml bytes with our lines" || return 1
  mapfile -t lines <<<"${1%$'\n'}"
  [[ -n $1 ]] || lines=()
  ((${#lines[@]} + 10 <= most_lines)) || no "its hosts.toml has more than $most_lines lines with ours" || return 1
  for line in "${lines[@]}"; do
    if [[ -n $tables ]]; then
      [[ $line != *'['* || ! $line =~ $host_line ]] || no 'others use a table "host" that cannot be added to' || return 1
      continue
    fi
    ((${#line} <= 4096)) || no 'others use a line before the first mirror that is longer than 4096 bytes' || return 1
    value=$line
    if [[ -n $line ]] && ((depth == 0)); then
      if [[ -z $stub && $line =~ $stub_line ]]; then
        stub=yes value=
      elif [[ $line =~ $table_line ]]; then
        tables=yes
        [[ ! $line =~ $host_line ]] || no 'others use a table "host" that cannot be added to' || return 1
        continue
      elif [[ -z $stub && $line =~ $key_line ]]; then
        [[ ${BASH_REMATCH[1]} != host ]] || no 'others use a key "host" that cannot be added to' || return 1
        value=${BASH_REMATCH[4]}
      elif [[ ! $line =~ $blank_line ]]; then
        no 'others use a line before the first mirror that is not understood' || return 1
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
  ((depth == 0)) || no 'others use a value before the first mirror that is not understood' || return 1
  rest=${1:${#top}}
  merged=$top$2$rest
}
