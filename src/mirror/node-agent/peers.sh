# Whether this is the only mirror. Spegel has nobody to be connected to then, and never says that it is ready.
# DNS is asked only while Spegel is not ready, so a large cluster pays nothing for it.

only=''      # this is the only mirror, and is in use as such
only_ticks=0 # for how many ticks running it has been

# parse_address BYTES TYPE: MIRROR_ADDRESS as bytes, and the type of its records.
parse_address() {
  local left right=() group all=''
  if [[ $MIRROR_ADDRESS != *:* ]]; then
    printf -v "$1" %s "${MIRROR_ADDRESS//./ }"
    printf -v "$2" 1
    return
  fi
  IFS=: read -ra left <<<"${MIRROR_ADDRESS%%::*}"
  [[ $MIRROR_ADDRESS != *::* ]] || IFS=: read -ra right <<<"${MIRROR_ADDRESS#*::}"
  while ((${#left[@]} + ${#right[@]} < 8)); do left+=(0); done
  for group in "${left[@]}" "${right[@]}"; do all+="${all:+ }$((16#$group / 256)) $((16#$group % 256))"; done
  printf -v "$1" %s "$all"
  printf -v "$2" 28
}

# write_query NAME TYPE: a question for its addresses, into a file, so that it leaves as one packet.
write_query() {
  local labels label part query
  printf -v query '\\x%02x' $((RANDOM % 256)) $((RANDOM % 256)) 1 0 0 1 0 0 0 0 0 0
  IFS=. read -ra labels <<<"$1"
  for label in "${labels[@]}"; do
    printf -v part '\\x%02x%s' "${#label}" "$label"
    query+=$part
  done
  printf -v part '\\x%02x' 0 0 "$2" 0 1
  printf %b "$query$part" >"$scratch/query"
}

# exchange SERVER: the bytes of its answer, as numbers.
exchange() {
  exec 3<>"/dev/udp/$1/$MIRROR_DNS_PORT" || return
  cat "$scratch/query" >&3
  timeout 1 dd bs=4096 count=1 status=none <&3 | od -An -v -w4096 -tu1
} 2>/dev/null

# find_addresses COUNT LAST SERVER NAME TYPE: how many addresses, and the last one's bytes; a name may lead there by other
# names. Fails when there is no reliable answer.
find_addresses() {
  local b at records size=4 total=0 bytes=''
  write_query "$4" "$5" || return 1
  (($5 == 1)) || size=16
  read -ra b < <(exchange "$3")
  # An answer, whole, and either good or that there is no such name.
  ((${#b[@]} >= 12 && (b[2] & 130) == 128)) && (((b[3] & 15) == 0 || (b[3] & 15) == 3)) || return 1
  at=$(stat -c %s "$scratch/query") # the question comes first
  for ((records = b[6] * 256 + b[7]; records > 0; records--)); do
    while ((at < ${#b[@]} && b[at] > 0 && b[at] < 192)); do at=$((at + b[at] + 1)); done
    ((at < ${#b[@]})) || return 1
    at=$((at + (b[at] < 192 ? 1 : 2)))
    ((at + 10 <= ${#b[@]} && at + 10 + b[at + 8] * 256 + b[at + 9] <= ${#b[@]})) || return 1
    if ((b[at] == 0 && b[at + 1] == $5)); then
      ((b[at + 8] == 0 && b[at + 9] == size)) || return 1
      total=$((total + 1)) bytes="${b[*]:at + 10:size}"
    fi
    at=$((at + 10 + b[at + 8] * 256 + b[at + 9]))
  done
  printf -v "$1" %s "$total"
  printf -v "$2" %s "$bytes"
}

# is_only_mirror: the name of all mirrors, ready or not, leads to this one alone. When nobody can say, it is not.
is_only_mirror() {
  local key values server='' search=() domain count address type own
  while read -r key values; do
    case $key in
      nameserver) [[ -n $server ]] || server=${values%% *} ;;
      search) read -ra search <<<"$values" ;;
    esac
  done <"$MIRROR_RESOLVER"
  [[ -n $server && -n ${MIRROR_PEERS-} && -n ${MIRROR_ADDRESS-} ]] || return 1
  parse_address own type
  for domain in "${search[@]}" ''; do
    find_addresses count address "$server" "$MIRROR_PEERS${domain:+.$domain}" "$type" || return 1
    ((count == 0)) || break
  done
  ((count == 1)) && [[ $address == "$own" ]]
}

# answers PATH: with 200. Envoy ends a connection at once only after what Spegel answered, not after an answer of its own.
answers() {
  local answer
  fetch answer "$MIRROR_READY_SECONDS" "$MIRROR_READY_PORT" "$1" 1.1
}

# may_serve: Spegel is connected to its peers, or this is the only mirror, also when asked again.
may_serve() {
  if answers "$MIRROR_READY_PATH"; then
    only='' only_ticks=0
    tell proxy 'the proxy is ready'
  elif answers "$MIRROR_ALIVE_PATH" && is_only_mirror; then
    only_ticks=$((only_ticks + 1))
    ((only_ticks >= MIRROR_UNREADY_TICKS)) || return 1
    only=yes
    say proxy 'this is the only mirror: waiting for one on a second node'
  else
    only='' only_ticks=0
    return 1
  fi
}
