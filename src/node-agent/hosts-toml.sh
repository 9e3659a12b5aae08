# shellcheck shell=bash disable=SC2034,SC2154
# The text of a hosts.toml: which lines are ours and where they belong. Changes no files, starts no processes.

readonly begin='# secured-mirror begin: kept by the node agent, taken back when it stops'
readonly end='# secured-mirror end'

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
  local all=$1 after
  theirs=$1 ours=
  [[ $all == *"$begin"* || $all == *"$end"* ]] || return 0
  [[ $all != *"$end" ]] || all+=$'\n'
  [[ $'\n'$all == *$'\n'"$begin"$'\n'*$'\n'"$end"$'\n'* ]] || return 1
  after=${all#*"$begin"}
  ours=$begin${after%%$'\n'"$end"$'\n'*}$'\n'$end$'\n'
  theirs=${all%%"$begin"*}${after#*$'\n'"$end"$'\n'}
  [[ $theirs != *"$begin"* && $theirs != *"$end"* ]]
}

# has_host_table TEXT: older containerd takes no notice of a hosts.toml without one.
has_host_table() {
  local table=$'(^|\n)[[:space:]]*\\[[[:space:]]*["\']?host["\']?[[:space:]]*[].]'
  [[ $1 =~ $table ]]
}

# merge THEIRS BLOCK: THEIRS with BLOCK before the first table, so after the top-level keys, in `merged`. An empty table
# "host", as k3s writes it, stays before ours.
# Fails with the reason in `why` when that place cannot be told for sure.
merge() {
  local rest=$1 top='' line value depth=0 stub='' address=${entry#*://}
  local blank='^[[:space:]]*(#.*)?$' table='^[[:space:]]*\[' name='[[:space:]]*([A-Za-z0-9_-]+)[[:space:]]*'
  local key="^$name(\\.$name)*=(.*)$" plain='^[^]["'\''#{}]+' quoted='^("([^"\\]|\\.)*"|'\''[^'\'']*'\'')'
  local host=$'[[:space:]]*["\']?host["\']?[[:space:]]*\\]'
  local empty="^[[:space:]]*\\[${host}[[:space:]]*(#.*)?$" other=$'(^|\n)[[:space:]]*\\[+'"$host"
  [[ -z $address || $rest != *"$address"* ]] || no "others name $address already" || return 1
  while [[ -n $rest ]]; do
    line=${rest%%$'\n'*} value=$line
    if ((depth == 0)); then
      if [[ -z $stub && $line =~ $empty ]]; then
        stub=yes value=
      elif [[ $line =~ $table ]]; then
        break
      elif [[ -z $stub && $line =~ $key ]]; then
        [[ ${BASH_REMATCH[1]} != host ]] || no 'others use a key "host" that cannot be added to' || return 1
        value=${BASH_REMATCH[4]}
      elif [[ ! $line =~ $blank ]]; then
        no 'others use a line before the first mirror that is not understood' || return 1
      fi
    fi
    while [[ -n $value && $depth -ge 0 ]]; do
      case $value in
        '#'*) value= ;;
        '"""'* | "'''"*) depth=-1 ;;
        '['* | '{'*) depth=$((depth + 1)) value=${value:1} ;;
        ']'* | '}'*) depth=$((depth - 1)) value=${value:1} ;;
        *) if [[ $value =~ $plain || $value =~ $quoted ]]; then value=${value:${#BASH_REMATCH[0]}}; else depth=-1; fi ;;
      esac
    done
    ((depth >= 0)) || break
    top+=$line$'\n'
    rest=${rest:${#line}}
    rest=${rest#$'\n'}
  done
  ((depth == 0)) || no 'others use a value before the first mirror that is not understood' || return 1
  [[ ! $rest =~ $other ]] || no 'others use a table "host" that cannot be added to' || return 1
  merged=$top$2$rest
}
