# Counters of the proxy: who still sends an older version, and whether peers refuse the active one.

# dial PORT PATH VERSION: sends a request of that version of HTTP.
dial() {
  exec 3<>"/dev/tcp/$MIRROR_READY_HOST/$1" || return
  printf 'GET %s HTTP/%s\r\nHost: %s\r\nConnection: close\r\n\r\n' "$2" "$3" "$MIRROR_READY_HOST" >&3
}

# ask SECONDS PORT PATH VERSION: the answer.
ask() {
  local answer
  dial "${@:2}" || return
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

# fetch_counters OLD REFUSED: two sums. Fails when the answer is not whole.
fetch_counters() {
  local answer
  fetch answer "$MIRROR_COUNTERS_SECONDS" "$MIRROR_COUNTERS_PORT" "$MIRROR_COUNTERS_PATH" 1.0 || return 1
  read -r "$1" "$2" < <(awk -v old="${contract[old-counters]}" -v refused="${contract[refused-counters]}" \
    -f "$here/counters.awk" from=proxy - <<<"$answer")
}

# grew BEFORE NOW: also when counting began anew.
grew() { [[ -n $1 ]] && (($2 > $1 || ($2 < $1 && $2 > 0))); }

# read_counters: whether they grew. If they cannot be read, nothing is known, also of the time before. They say nothing of the
# time after the answer, and all of the time before it.
read_counters() {
  local old refused now
  if ! fetch_counters old refused; then
    forget_counters
    say counters 'the counters of the proxy cannot be read: older versions stay accepted'
    return 1
  fi
  read_uptime now
  tell counters 'the counters of the proxy are read'
  old_grew='' refused_grew=''
  ! grew "$old_count" "$old" || old_grew=yes
  ! grew "$refused_count" "$refused" || refused_grew=yes
  [[ $old_count == "$old" ]] || quiet_since=$now
  old_count=$old refused_count=$refused
}

usage=''                # metrics of the last measurement
measured=0 measuring='' # when it began, and its process

# pour PORT PATH: the answer, but never many more bytes than are good. HTTP/1.0 has no chunks.
pour() { dial "$@" 1.0 && exec timeout 5 head -c 8388608 <&3; } 2>/dev/null

# measure: what the mirror is used for, now and then and in a process of its own.
measure() {
  local now text
  read_uptime now
  if ((now - measured >= MIRROR_USAGE_PERIOD)); then
    [[ -z $measuring ]] || kill "$measuring" 2>/dev/null
    awk -v now="$EPOCHREALTIME" -v uptime="$now" -v begin="$begin" \
      -f "$here/counters.awk" -f "$here/arrivals.awk" -f "$here/usage-file.awk" -f "$here/usage.awk" \
      from=proxy <(pour "$MIRROR_COUNTERS_PORT" "$MIRROR_COUNTERS_PATH") \
      from=spegel <(pour "$MIRROR_SPEGEL_PORT" /metrics) &
    measured=$now measuring=$!
  fi
  slurp text "$MIRROR_STATUS_FOLDER/usage" && [[ $text == *$'\n# EOF\n' ]] || return 0
  text=${text#*$'\n\n'} usage=${text%'# EOF'*}
}
