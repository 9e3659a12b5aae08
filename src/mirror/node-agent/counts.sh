# shellcheck shell=bash disable=SC2034,SC2154
# Counters of the proxy: who still shows an older generation, and whether peers refuse the one that is presented.

# forget_counts: the next ones are the first.
forget_counts() {
  old_count='' refused_count='' # as read last
  quiet_since=''                # since when nobody is known to have shown an older generation
  old_grew='' refused_grew=''
}
forget_counts

ask_counts() {
  local answer
  exec 3<>"/dev/tcp/$MIRROR_READY_HOST/$MIRROR_COUNTS_PORT" || return
  printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$MIRROR_COUNTS_PATH" "$MIRROR_READY_HOST" >&3
  IFS= read -r -d '' -t 2 answer <&3
  (($? == 1)) && printf %s "$answer"
} 2>/dev/null

# unchunk: `body` without the marks between its chunks. Fails when the last one is missing.
unchunk() {
  local rest=$body size
  body=''
  while [[ $rest =~ ^([0-9a-fA-F]{1,6})$'\r\n' ]]; do
    rest=${rest:${#BASH_REMATCH[0]}} size=$((16#${BASH_REMATCH[1]}))
    ((size > 0)) || return 0
    ((${#rest} > size)) || return 1
    body+=${rest:0:size}
    rest=${rest:size}
    rest=${rest#$'\r\n'}
  done
  return 1
}

# fetch_counts: sums in `old` and `refused`. Fails when the answer is not whole.
fetch_counts() {
  local answer='' head body line value
  IFS= read -r -d '' -t 2 answer < <(ask_counts)
  kill "$!" 2>/dev/null
  head=${answer%%$'\r\n\r\n'*}
  body=${answer:${#head}}
  body=${body#$'\r\n\r\n'} head=${head,,}
  [[ $head == 'http/1.'?' 200'* ]] || return 1
  if [[ $head =~ transfer-encoding:\ *chunked ]]; then
    unchunk || return 1
  else
    [[ ! $head =~ content-length:\ *([0-9]{1,8}) ]] || ((${#body} == BASH_REMATCH[1])) || return 1
  fi
  old=0 refused=0
  while IFS= read -r line; do
    value=${line##*: }
    [[ $value =~ ^[0-9]{1,18}$ ]] || continue
    case ${line%: *} in
      *old_*shadow_allowed) old=$((old + 10#$value)) ;;
      *cluster.peer-registry.upstream_rq_401) refused=$((refused + 10#$value)) ;;
    esac
  done <<<"$body"
}

# grew BEFORE NOW: also when counting began anew.
grew() {
  [[ -n $1 ]] && (($2 > $1 || ($2 < $1 && $2 > 0)))
}

# read_counts: what grew since they were read last. When they cannot be read nothing is known, also of the time before.
read_counts() {
  local old refused
  if ! fetch_counts; then
    forget_counts
    say counts 'the counters of the proxy cannot be read: older generations stay accepted'
    return 1
  fi
  say counts 'the counters of the proxy are read'
  old_grew='' refused_grew=''
  ! grew "$old_count" "$old" || old_grew=yes
  ! grew "$refused_count" "$refused" || refused_grew=yes
  [[ $old_count == "$old" ]] || quiet_since=$now
  old_count=$old refused_count=$refused
}
