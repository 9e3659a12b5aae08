# Requests without a credential, counted by source: the proxy lists them while they are still served.

declare -A unauthenticated=() # by listener and source: requests
declare -A sources=()         # sources with a series of their own
readonly most_sources=100

# make_list: the proxy appends to it as a group.
make_list() {
  local list=${MIRROR_UNAUTHENTICATED_LOG-}
  [[ -n $list ]] || return 0
  # A run that ended in between may have left it to its owner alone.
  { [[ -e $list ]] || : >"$list"; } && chmod 0660 -- "$list"
}

# count_unauthenticated: what the list holds, which is emptied. A line that comes in between may be lost.
count_unauthenticated() {
  local listener source
  [[ -n ${MIRROR_UNAUTHENTICATED_LOG-} && -s $MIRROR_UNAUTHENTICATED_LOG ]] || return 0
  while read -r listener source; do
    [[ $listener =~ ^[a-z-]{1,20}$ && $source =~ ^[0-9a-fA-F.:]{1,45}$ ]] || continue
    if [[ -z ${sources[$source]-} ]]; then
      if ((${#sources[@]} < most_sources)); then
        sources[$source]=yes
        say "source $source" "a request without a credential came to the $listener listener from $source"
      else
        source=other
        say 'source other' "requests without a credential come from more than $most_sources sources: the rest is other"
      fi
    fi
    unauthenticated["$listener $source"]=$((${unauthenticated["$listener $source"]-0} + 1))
  done <"$MIRROR_UNAUTHENTICATED_LOG"
  : >"$MIRROR_UNAUTHENTICATED_LOG"
}

report_unauthenticated() {
  local key samples=()
  [[ -n ${MIRROR_UNAUTHENTICATED_LOG-} ]] || return 0
  for key in "${!unauthenticated[@]}"; do samples+=("${key% *}" "${key#* }" "${unauthenticated[$key]}"); done
  metric unauthenticatedRequests "${samples[@]}"
}
