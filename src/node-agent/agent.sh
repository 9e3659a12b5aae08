#!/usr/bin/env bash
# Keeps the node's containerd registry settings in step with the proxy of this pod: a registry's hosts.toml names the
# mirror only while the proxy is ready. At no instant may a pull fail that would work without the mirror.
# Settings: the MIRROR_* variables, see the container's construct.
set -u
shopt -s nullglob dotglob
export LC_ALL=C TZ=UTC0
umask 077
stopping=''
trap 'stopping=yes' TERM INT

here=${BASH_SOURCE[0]%/*}
# shellcheck source=hosts-toml.sh
. "$here/hosts-toml.sh"
# shellcheck source=publish.sh
. "$here/publish.sh"
# shellcheck source=withdraw.sh
. "$here/withdraw.sh"
# shellcheck source=identity.sh
. "$here/identity.sh"

: "${MIRROR_RESOLVE_REGISTRIES:=}" "${MIRROR_PERIOD:=2}" "${MIRROR_UNREADY_TICKS:=2}" "${MIRROR_VALIDATE:=envoy_accepts}"
read -ra registries <<<"$MIRROR_REGISTRIES"
scratch=$(mktemp -d)
declare -A said
misses=0 nap=''

# say ABOUT TEXT: one line per event; the same about the same thing is said once.
say() {
  [[ ${said[$1]-} != "$2" ]] || return 0
  said[$1]=$2
  printf '%(%Y-%m-%dT%H:%M:%SZ)T %s\n' -1 "$2"
}

# What commands complained about goes to the log too, once.
say_errors() {
  slurp "$scratch/errors" && [[ -n $text ]] || return 0
  text=${text%$'\n'}
  say errors "${text//$'\n'/; }"
  : >"$scratch/errors"
}

ask_proxy() {
  local answer
  exec 3<>"/dev/tcp/$MIRROR_READY_HOST/$MIRROR_READY_PORT" || return
  printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$MIRROR_READY_PATH" "$MIRROR_READY_HOST" >&3
  IFS= read -r -t 1 answer <&3 && printf '%s\n' "$answer"
} 2>/dev/null

# A frozen proxy may let even the connect hang, so that happens in a process which can be ended.
is_ready() {
  local answer=''
  IFS= read -r -t 1 answer < <(ask_proxy)
  kill "$!" 2>/dev/null
  [[ $answer == 'HTTP/1.'?' 200'* ]]
}

publish_all() {
  local name
  for name in "${registries[@]}"; do
    [[ -n $stopping ]] || publish "$name" "$@"
  done
}

tick() {
  : >"$MIRROR_STATUS_FOLDER/alive"
  withdraw "${strays[@]}"
  if is_ready; then
    misses=0
    say proxy 'the proxy is ready'
    read_identity
    if [[ -n $generation ]]; then publish_all; else publish_all keep; fi
  else
    misses=$((misses + 1))
    if ((misses < MIRROR_UNREADY_TICKS)); then
      publish_all keep
    else
      say proxy 'the proxy is not ready'
      withdraw "${registries[@]}"
      forget_identity
    fi
  fi
  show_status
}

# show_status: the file `published` stands for all registries but the refused.
show_status() {
  local name file=$MIRROR_STATUS_FOLDER/published
  for name in "${registries[@]}"; do
    if [[ -z ${state[$name]-} ]]; then
      [[ ! -e $file ]] || rm -f -- "$file"
      return
    fi
  done
  [[ -e $file ]] || : >"$file"
}

trap 'say_errors; rm -rf -- "$scratch"' EXIT
exec 2>>"$scratch/errors"
rm -f -- "$MIRROR_STATUS_FOLDER/published"
chmod 0700 -- "$MIRROR_STATE_FOLDER" # the kubelet made it, for all to see
recover
withdraw "${strays[@]}"
publish_all keep
while [[ -z $stopping ]]; do
  tick
  say_errors
  [[ -z $stopping ]] || break
  sleep "$MIRROR_PERIOD" &
  nap=$!
  wait "$nap"
done
[[ -z $nap ]] || kill "$nap" 2>/dev/null
withdraw "${registries[@]}"
rm -f -- "$MIRROR_STATUS_FOLDER/published"
say agent 'stopped'
