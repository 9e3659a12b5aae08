# shellcheck shell=bash
# Counters of the proxy: who still sends an older version, and whether peers refuse the active one.

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
  fetch answer 2 "$MIRROR_COUNTERS_PORT" "$MIRROR_COUNTERS_PATH" 1.0 && [[ $answer == *']}' ]] || return 1
  while IFS= read -r -d '}' stat; do
    [[ $stat =~ \"name\":\"(.*)\",\"value\":([0-9]{1,18})$ ]] || continue
    name=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
    [[ ! $name =~ ${contract[old-counters]} ]] || old_sum=$((old_sum + value))
    [[ ! $name =~ ${contract[refused-counters]} ]] || refused_sum=$((refused_sum + value))
  done <<<"$answer"
  printf -v "$1" %s "$old_sum"
  printf -v "$2" %s "$refused_sum"
}

# grew BEFORE NOW: also when counting began anew.
grew() {
  [[ -n $1 ]] && (($2 > $1 || ($2 < $1 && $2 > 0)))
}

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
