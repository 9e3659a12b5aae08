# shellcheck shell=bash disable=SC2034,SC2154
# Whether this is the only mirror. Spegel has nobody to be connected to then, and never says that it is ready.
# DNS is asked only while Spegel is not ready, so a large cluster pays nothing for it.

only=''      # this is the only mirror, and is in use as such
only_ticks=0 # for how many ticks running it has been

# write_query NAME: a question for its IPv4 addresses, into a file, as one that is passed on in one piece is one packet.
write_query() {
  local labels label part query
  printf -v query '\\x%02x' $((RANDOM % 256)) $((RANDOM % 256)) 1 0 0 1 0 0 0 0 0 0
  IFS=. read -ra labels <<<"$1"
  for label in "${labels[@]}"; do
    printf -v part '\\x%02x%s' "${#label}" "$label"
    query+=$part
  done
  printf %b "$query"'\x00\x00\x01\x00\x01' >"$scratch/query"
}

# exchange SERVER: the bytes of its answer, as numbers.
exchange() {
  exec 3<>"/dev/udp/$1/$MIRROR_DNS_PORT" || return
  cat "$scratch/query" >&3
  timeout 1 dd bs=4096 count=1 status=none <&3 | od -An -v -w4096 -tu1
} 2>/dev/null

# look_up SERVER NAME: how many addresses in `count`, and the first one in `address`. Fails when there is no answer to rely on.
look_up() {
  local b at
  write_query "$2" || return 1
  read -ra b < <(exchange "$1")
  # An answer, whole, and either good or that there is no such name.
  ((${#b[@]} >= 12 && (b[2] & 130) == 128)) && (((b[3] & 15) == 0 || (b[3] & 15) == 3)) || return 1
  count=$((b[6] * 256 + b[7])) address=
  ((count > 0)) || return 0
  at=$(stat -c %s "$scratch/query") # the question comes first
  while ((b[at] > 0 && b[at] < 192)); do at=$((at + b[at] + 1)); done
  ((b[at] < 192)) && at=$((at + 1)) || at=$((at + 2))
  ((b[at + 1] == 1 && b[at + 9] == 4 && ${#b[@]} >= at + 14)) || return 1
  printf -v address '%d.%d.%d.%d' "${b[@]:at + 10:4}"
}

# is_only_mirror: the name of all mirrors, ready or not, leads to this one alone. When nobody can say, it is not.
is_only_mirror() {
  local key values server='' search=() domain count address
  while read -r key values; do
    case $key in
      nameserver) [[ -n $server ]] || server=${values%% *} ;;
      search) read -ra search <<<"$values" ;;
    esac
  done <"$MIRROR_RESOLVER"
  [[ -n $server && -n ${MIRROR_PEERS-} && -n ${MIRROR_ADDRESS-} ]] || return 1
  for domain in "${search[@]}" ''; do
    look_up "$server" "$MIRROR_PEERS${domain:+.$domain}" || return 1
    ((count == 0)) || break
  done
  ((count == 1)) && [[ $address == "$MIRROR_ADDRESS" ]]
}

# may_serve: Spegel is connected to its peers, or this is the only mirror, also when looked at again.
may_serve() {
  if answers "$MIRROR_READY_PATH"; then
    only='' only_ticks=0
    say proxy 'the proxy is ready'
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
