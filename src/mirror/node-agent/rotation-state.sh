# shellcheck shell=bash disable=SC2034,SC2154
# The state of rotations outlives the agent: in memory of the node, root's alone.

readonly state_folder=$MIRROR_STATE_FOLDER/.credential
declare -A saved # by credential: the text of its file

# state_file NAME: in `file`.
state_file() {
  file=$state_folder/state
  [[ $1 == credential ]] || file=$state_folder/$1-state
}

# save_state NAME: only when it changed.
save_state() {
  local file tag new
  new="aim ${aim[$1]} ${shown[$1]} ${before[$1]:--} ${since[$1]} ${lag[$1]}"$'\n'
  for tag in ${tags[$1]}; do
    new+="$tag"$'\t'"${hash[$1 $tag]}"$'\t'"${header[$1 $tag]}"$'\t'"${login[$1 $tag]}"$'\n'
  done
  [[ $new != "${saved[$1]-}" ]] || return 0
  state_file "$1"
  [[ -d $state_folder ]] || mkdir -m 0700 -- "$state_folder" || return
  put "$file" "$new" && saved[$1]=$new
}

# load_state NAME: what an earlier run saved, or nothing.
load_state() {
  local file line first tag a b c d e all=''
  state_file "$1"
  slurp "$file" || return 0
  first=${text%%$'\n'*} line=${text#*$'\n'}
  [[ $first =~ ^aim\ [0-9a-f]{8}\ [0-9a-f]{8}\ ([0-9a-f]{8}|-)\ [0-9]+\ [01]$ ]] || return 0
  while IFS=$'\t' read -r tag a b c; do
    [[ -n $c ]] || continue
    all+="${all:+ }$tag" hash[$1 $tag]=$a header[$1 $tag]=$b login[$1 $tag]=$c
  done <<<"$line"
  read -r _ a b c d e <<<"$first"
  [[ $c != - ]] || c=''
  [[ " $all " == *" $a "* && " $all " == *" $b "* ]] || return 0
  tags[$1]=$all aim[$1]=$a shown[$1]=$b before[$1]=$c since[$1]=$d lag[$1]=$e saved[$1]=$text
}

# forget_credentials: basic authentication is over on this node.
forget_credentials() {
  [[ ${#tags[@]} -gt 0 || -e $state_folder ]] || return 0
  rm -rf -- "$state_folder"
  tags=() aim=() shown=() before=() since=() lag=() phase=() saved=()
  version=() valid=() trouble=() user=() password=() revoke=() newest=() login=() header=() hash=()
  unset 'said[credential]' 'said[metrics]'
  say 'rotation credential' 'credential: forgotten, as basic authentication is not accepted any more'
}

# leave_no_state: with the mirror the password leaves the node, unless a rotation must go on after it.
leave_no_state() {
  local name
  for name in credential metrics; do
    [[ ${tags[$name]-} != *' '* ]] || return 0
  done
  rm -rf -- "$state_folder"
}

say_trouble() {
  if [[ -n ${trouble[$1]} ]]; then
    [[ -n $preparing ]] || say "$1" "$2 is of no use: ${trouble[$1]}"
  else
    say "$1" "$2 is good (generation ${newest[$1]})"
  fi
}

# follow_credentials: each as far as it has come.
follow_credentials() {
  if accepts basic; then
    read_credential credential "$MIRROR_CREDENTIAL_FOLDER"
    rotate credential
    read_credential metrics "${MIRROR_METRICS_CREDENTIAL_FOLDER-}"
    rotate metrics
    say_trouble credential 'the credential'
    # Nobody need read metrics.
    [[ -z ${aim[metrics]-} && ! -e ${MIRROR_METRICS_CREDENTIAL_FOLDER-}/username ]] ||
      say_trouble metrics 'the metrics credential'
  elif [[ -n $accept ]]; then
    forget_credentials
  fi
}
