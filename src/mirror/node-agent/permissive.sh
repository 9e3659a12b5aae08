# shellcheck shell=bash disable=SC2034,SC2154
# Requests without a credential, counted by source: the proxy lists them while they are still served.

declare -A unauthenticated=() # by door and source: requests
declare -A sources=()         # those with a series of their own
readonly most_sources=100

# make_list: the proxy writes to it as a group.
make_list() {
  [[ -n ${MIRROR_UNAUTHENTICATED_LOG-} && ! -e $MIRROR_UNAUTHENTICATED_LOG ]] || return 0
  umask 007
  : >"$MIRROR_UNAUTHENTICATED_LOG"
  set -- $?
  umask 077
  return "$1"
}

# count_unauthenticated: what the list holds, which is emptied. A line that comes in between may be lost.
count_unauthenticated() {
  local door source
  [[ -n ${MIRROR_UNAUTHENTICATED_LOG-} && -s $MIRROR_UNAUTHENTICATED_LOG ]] || return 0
  while read -r door source; do
    [[ $door =~ ^[a-z-]{1,20}$ && $source =~ ^[0-9a-fA-F.:]{1,45}$ ]] || continue
    if [[ -z ${sources[$source]-} ]]; then
      if ((${#sources[@]} < most_sources)); then
        sources[$source]=yes
        say "source $source" "a request without a credential came to the $door door from $source"
      else
        source=other
        say 'source other' "requests without a credential come from more than $most_sources sources: the rest is other"
      fi
    fi
    unauthenticated["$door $source"]=$((${unauthenticated["$door $source"]-0} + 1))
  done <"$MIRROR_UNAUTHENTICATED_LOG"
  : >"$MIRROR_UNAUTHENTICATED_LOG"
}

report_unauthenticated() {
  local key lines=()
  [[ -n ${MIRROR_UNAUTHENTICATED_LOG-} ]] || return 0
  for key in "${!unauthenticated[@]}"; do
    lines+=("{door=\"${key% *}\",source=\"${key#* }\"} ${unauthenticated[$key]}")
  done
  metric unauthenticated_requests_total 'Requests served without a credential.' "${lines[@]}"
}
