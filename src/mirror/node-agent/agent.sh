#!/usr/bin/env bash
# Keeps the node's containerd registry settings in step with the proxy of this pod: a registry's hosts.toml names the
# mirror only while the proxy is ready. At no instant may a pull fail that would work without the mirror.
# Settings: the MIRROR_* variables of settings.ts, and the file that one of them names.
# `agent.sh prepare` writes the files with which the proxy starts, and ends.
set -u
shopt -s nullglob dotglob
export LC_ALL=C TZ=UTC0
umask 077
stopping='' misses=0 preparing=${1-}
exec {wake}<> <(:) # a pipe that nobody but the trap writes to: waiting at it starts no process
trap 'stopping=yes; echo >&"$wake"' TERM INT

: "${MIRROR_PERIOD:=2}" "${MIRROR_USAGE_PERIOD:=30}" "${MIRROR_UNREADY_TICKS:=2}" "${MIRROR_VALIDATE:=envoy_accepts}" "${MIRROR_REGISTRIES:=}" "${MIRROR_LOG_LEVEL:=info}"
: "${MIRROR_UPTIME:=/proc/uptime}" "${MIRROR_RESOLVER:=/etc/resolv.conf}" "${MIRROR_DNS_PORT:=53}"
: "${MIRROR_READY_SECONDS:=1}" "${MIRROR_COUNTERS_SECONDS:=2}" # for how long the proxy may say nothing
: "${MIRROR_STRETCH:=32}" # MiB to hash for the name of a version

here=${BASH_SOURCE[0]%/*}
. "$here/files.sh"
. "$here/settings.sh"
. "$here/hosts-toml.sh"
. "$here/damage.sh"
. "$here/publish.sh"
. "$here/withdraw.sh"
. "$here/link.sh"
. "$here/identity.sh"
. "$here/credential.sh"
. "$here/counters.sh"
. "$here/rotation.sh"
. "$here/rotation-state.sh"
. "$here/proxy-files.sh"
. "$here/permissive.sh"
. "$here/peers.sh"
. "$here/report.sh"
. "$here/prepare.sh"

read -ra registries <<<"$MIRROR_REGISTRIES"
scratch=$(mktemp -d)
declare -A said

# say ABOUT TEXT: one line per event; the same about the same thing only once.
say() {
  [[ ${said[$1]-} != "$2" ]] || return 0
  said[$1]=$2
  printf '%(%Y-%m-%dT%H:%M:%SZ)T %s\n' -1 "$2"
}

# tell ABOUT TEXT: the same for what goes as it should, which nobody reads at level warning.
tell() {
  if [[ $MIRROR_LOG_LEVEL == warning ]]; then said[$1]=$2; else say "$@"; fi
}

# say_errors: complaints of commands go to the log too, once.
say_errors() {
  local text
  slurp text "$scratch/errors" 4096 || [[ -n $text ]] || return 0
  text=${text%$'\n'}
  say errors "${text//$'\n'/; }"
  : >"$scratch/errors"
}

publish_all() {
  local name
  for name in "${registries[@]}"; do
    [[ -z $stopping ]] || return 0
    : >"$alive_file" # many large files take long on a busy node
    publish "$name" "$@"
  done
}

# can_present: the agent holds what the settings present.
can_present() {
  case $present in
    basic) [[ -n $authorization ]] ;;
    mutual-tls) [[ -n $identity_version ]] ;;
    *) return 1 ;;
  esac
}

tick() {
  : >"$alive_file"
  read_settings
  follow_credentials
  write_credentials
  withdraw "${orphans[@]}"
  if may_serve; then
    misses=0
    if accepts mutual-tls; then read_identity; elif [[ -n $accept ]]; then forget_identity; fi
    if can_present; then
      publish_all
      presenting=$present
    else publish_all keep
    fi
  else
    misses=$((misses + 1))
    if ((misses < MIRROR_UNREADY_TICKS)); then publish_all keep
    else
      say proxy 'the proxy is not ready'
      withdraw "${registries[@]}"
      forget_identity
    fi
  fi
  link_list
  count_unauthenticated
  measure
  write_report
}

trap 'say_errors; rm -rf -- "$scratch"' EXIT
exec 2>>"$scratch/errors"
chmod 0700 -- "$MIRROR_STATE_FOLDER" # the kubelet made it, for all to see
load_contract || exit 1
alive_file=$MIRROR_STATUS_FOLDER/${contract[alive-file]}
load_state credential
load_state metrics
if [[ -n $preparing ]]; then
  prepare
  exit
fi
recover
withdraw "${orphans[@]}"
publish_all keep
while [[ -z $stopping ]]; do
  tick
  say_errors
  [[ -z $stopping ]] || break
  read -rt "$MIRROR_PERIOD" -u "$wake" || :
done
[[ -z $measuring ]] || kill "$measuring" 2>/dev/null
withdraw "${registries[@]}"
unlink_list
write_report
leave_no_state
tell agent 'stopped'
