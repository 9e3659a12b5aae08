#!/usr/bin/env bash
# shellcheck disable=SC2034,SC2154
# Keeps the node's containerd registry settings in step with the proxy of this pod: a registry's hosts.toml names the
# mirror only while the proxy is ready. At no instant may a pull fail that would work without the mirror.
# Settings: the MIRROR_* variables, see the container's construct, and the file that one of them names.
# `agent.sh prepare` hands over to the proxy what it starts with, and ends.
set -u
shopt -s nullglob dotglob
export LC_ALL=C TZ=UTC0
umask 077
stopping=''
trap 'stopping=yes' TERM INT

: "${MIRROR_PERIOD:=2}" "${MIRROR_UNREADY_TICKS:=2}" "${MIRROR_VALIDATE:=envoy_accepts}" "${MIRROR_REGISTRIES:=}"
: "${MIRROR_UPTIME:=/proc/uptime}" "${MIRROR_COUNTS_PORT:=15003}" "${MIRROR_COUNTS_PATH:=/counts}"
: "${MIRROR_RESOLVER:=/etc/resolv.conf}" "${MIRROR_DNS_PORT:=53}"
: "${MIRROR_STRETCH:=32}" # MiB to hash for the name of a generation

here=${BASH_SOURCE[0]%/*}
for part in files settings hosts-toml damage publish withdraw identity credential counts \
  rotation rotation-state proxy-files permissive peers report prepare; do
  # shellcheck source=/dev/null
  . "$here/$part.sh"
done

read -ra registries <<<"$MIRROR_REGISTRIES"
scratch=$(mktemp -d)
declare -A said
misses=0 nap='' preparing=${1-}

# say ABOUT TEXT: one line per event; the same about the same thing is said once.
say() {
  [[ ${said[$1]-} != "$2" ]] || return 0
  said[$1]=$2
  printf '%(%Y-%m-%dT%H:%M:%SZ)T %s\n' -1 "$2"
}

# What commands complained about goes to the log too, once.
say_errors() {
  slurp "$scratch/errors" 4096 || [[ -n $text ]] || return 0
  text=${text%$'\n'}
  say errors "${text//$'\n'/; }"
  : >"$scratch/errors"
}

ask_proxy() { # PATH
  local answer
  exec 3<>"/dev/tcp/$MIRROR_READY_HOST/$MIRROR_READY_PORT" || return
  printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$1" "$MIRROR_READY_HOST" >&3
  IFS= read -r -t 1 answer <&3 && printf '%s\n' "$answer"
} 2>/dev/null

# A frozen proxy may let even the connect hang, so that happens in a process which can be ended.
answers() { # PATH
  local answer=''
  IFS= read -r -t 1 answer < <(ask_proxy "$1")
  kill "$!" 2>/dev/null
  [[ $answer == 'HTTP/1.'?' 200'* ]]
}

publish_all() {
  local name
  for name in "${registries[@]}"; do
    [[ -z $stopping ]] || return 0
    : >"$MIRROR_STATUS_FOLDER/alive" # many large files take long on a busy node
    publish "$name" "$@"
  done
}

# in_hand: what the settings present.
in_hand() {
  case $present in
    basic) [[ -n $authorization ]] ;;
    mutual-tls) [[ -n $generation ]] ;;
    *) return 1 ;;
  esac
}

tick() {
  : >"$MIRROR_STATUS_FOLDER/alive"
  read_settings
  follow_credentials
  hand_over_credentials
  withdraw "${orphans[@]}"
  if may_serve; then
    misses=0
    if accepts mutual-tls; then read_identity; elif [[ -n $accept ]]; then forget_identity; fi
    if in_hand; then
      publish_all
      presenting=$present
    else
      publish_all keep
    fi
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
  count_unauthenticated
  show_status
  write_report
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
chmod 0700 -- "$MIRROR_STATE_FOLDER" # the kubelet made it, for all to see
load_state credential
load_state metrics
if [[ -n $preparing ]]; then
  prepare
  exit
fi
rm -f -- "$MIRROR_STATUS_FOLDER/published"
recover
withdraw "${orphans[@]}"
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
leave_no_state
say agent 'stopped'
