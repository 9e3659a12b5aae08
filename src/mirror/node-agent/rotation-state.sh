# The state of rotations outlives the agent: in memory of the node, readable by root only.

readonly state_folder=$MIRROR_STATE_FOLDER/.credential
declare -rA state_files=([credential]=$state_folder/state [metrics]=$state_folder/metrics-state)

# save_state NAME: only when it changed.
save_state() {
  local version new
  new="target ${target[$1]} ${active[$1]} ${previous[$1]:--} ${since[$1]} ${lagging[$1]}"$'\n'
  for version in ${accepted[$1]}; do
    new+="$version"$'\t'"${hash[$1 $version]}"$'\t'"${header[$1 $version]}"$'\t'"${login[$1 $version]}"$'\n'
  done
  [[ -d $state_folder ]] || mkdir -m 0700 -- "$state_folder" || return
  put "${state_files[$1]}" "$new"
}

# load_state NAME: what an earlier run saved, or nothing. The first word does not matter.
load_state() {
  local text first version a b c d e all=''
  slurp text "${state_files[$1]}" || return 0
  first=${text%%$'\n'*}
  [[ $first =~ ^[a-z]+\ [0-9a-f]{8}\ [0-9a-f]{8}\ ([0-9a-f]{8}|-)\ [0-9]+\ [01]$ ]] || return 0
  while IFS=$'\t' read -r version a b c; do
    [[ -n $c ]] || continue
    all+="${all:+ }$version" hash[$1 $version]=$a header[$1 $version]=$b login[$1 $version]=$c
  done <<<"${text#*$'\n'}"
  read -r _ a b c d e <<<"$first"
  [[ " $all " == *" $a "* && " $all " == *" $b "* ]] || return 0
  accepted[$1]=$all target[$1]=$a active[$1]=$b previous[$1]=${c#-} since[$1]=$d lagging[$1]=$e
}

# forget_credentials: basic authentication is over on this node.
forget_credentials() {
  [[ ${#accepted[@]} -gt 0 || -e $state_folder ]] || return 0
  rm -rf -- "$state_folder"
  accepted=() target=() active=() previous=() since=() lagging=() phase=()
  mounted=() valid=() trouble=() user=() password=() revoke=() newest=() login=() header=() hash=()
  unset 'said[credential]' 'said[metrics]'
  say 'rotation credential' 'credential: forgotten, as basic authentication is not accepted any more'
}

# leave_no_state: with the mirror the password leaves the node, unless a rotation must go on after it.
leave_no_state() { [[ ${accepted[credential]-}${accepted[metrics]-} == *' '* ]] || rm -rf -- "$state_folder"; }

say_trouble() { # NAME
  if [[ -z ${trouble[$1]} ]]; then tell "$1" "the ${title[$1]} is good (version ${newest[$1]})"
  elif [[ -z $preparing ]]; then say "$1" "the ${title[$1]} is of no use: ${trouble[$1]}"
  fi
}

# follow_credentials: each as far as it has come.
follow_credentials() {
  if accepts basic; then
    read_credential credential "$MIRROR_CREDENTIAL_FOLDER"
    rotate credential
    read_credential metrics "${MIRROR_METRICS_CREDENTIAL_FOLDER-}"
    rotate metrics
    say_trouble credential
    # Nobody need read metrics.
    [[ -z ${target[metrics]-} && ! -e ${MIRROR_METRICS_CREDENTIAL_FOLDER-}/username ]] || say_trouble metrics
  elif [[ -n $accept ]]; then forget_credentials
  fi
}
