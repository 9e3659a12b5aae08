# Counters of the proxy: who still sends an older version, and whether peers refuse the active one.

# ask SECONDS PORT PATH VERSION: the proxy's answer to a request of that version of HTTP.
ask() {
  local answer
  exec 3<>"/dev/tcp/$MIRROR_READY_HOST/$2" || return
  printf 'GET %s HTTP/%s\r\nHost: %s\r\nConnection: close\r\n\r\n' "$3" "$4" "$MIRROR_READY_HOST" >&3
  IFS= read -r -d '' -t "$1" answer <&3
  (($? == 1)) && printf %s "$answer"
} 2>/dev/null

# fetch VARIABLE SECONDS PORT PATH VERSION: the whole answer. A frozen proxy may let even the connect hang, so that happens in
# a process which can be ended.
fetch() {
  printf -v "$1" ''
  IFS= read -r -d '' -t "$2" "$1" < <(ask "${@:2}")
  kill "$!" 2>/dev/null
  [[ ${!1} == 'HTTP/1.'?' 200'* ]]
}

# forget_counters: the next ones are the first.
forget_counters() {
  old_count='' refused_count='' # as read last
  quiet_since=''                # since when the agent knows of nobody who sent an older version
  old_grew='' refused_grew=''
}
forget_counters

# fetch_counters OLD REFUSED: two sums. Fails when the answer is not whole. HTTP/1.0 has no chunks.
fetch_counters() {
  local answer stat name value old_sum=0 refused_sum=0
  fetch answer 2 "$MIRROR_COUNTERS_PORT" "$MIRROR_COUNTERS_PATH" 1.0 && [[ $answer == *'{"stats":['*']}' ]] || return 1
  answer=${answer#*'{"stats":['}
  while IFS= read -r -d '}' stat; do
    [[ $stat != ']' ]] || break
    # What is not understood must not count as nothing.
    [[ $stat =~ ^,?\{\"name\":\"([^\"]*)\",\"value\":([0-9]{1,18})$ ]] || return 1
    name=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
    [[ ! $name =~ ${contract[old-counters]} ]] || old_sum=$((old_sum + value))
    [[ ! $name =~ ${contract[refused-counters]} ]] || refused_sum=$((refused_sum + value))
  done <<<"$answer"
  printf -v "$1" %s "$old_sum"
  printf -v "$2" %s "$refused_sum"
}

# grew BEFORE NOW: also when counting began anew.
grew() { [[ -n $1 ]] && (($2 > $1 || ($2 < $1 && $2 > 0))); }

# read_counters NOW: whether they grew. If they cannot be read, nothing is known, also of the time before.
read_counters() {
  local old refused
  if ! fetch_counters old refused; then
    forget_counters
    say counters 'the counters of the proxy cannot be read: older versions stay accepted'
    return 1
  fi
  say counters 'the counters of the proxy are read'
  old_grew='' refused_grew=''
  ! grew "$old_count" "$old" || old_grew=yes
  ! grew "$refused_count" "$refused" || refused_grew=yes
  [[ $old_count == "$old" ]] || quiet_since=$1
  old_count=$old refused_count=$refused
}
