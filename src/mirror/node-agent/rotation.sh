# shellcheck shell=bash disable=SC2034,SC2154
# Rotation of a credential, make before break: a new generation is accepted at once, presented when it must have reached
# every node, and the older ones are dropped when nobody shows them any more. Times are of /proc/uptime: clocks may be wrong.

declare -A tags=() # by credential: the generations that are accepted
declare -A aim    # the one that all shall present in the end
declare -A shown  # the one that is presented
declare -A before # the one that was presented before that
declare -A since  # when the aim was set
declare -A lag    # 1 when peers refused the aim, or older ones are shown for too long
declare -A phase  # 0 steady, 1 propagating: the old one is presented, 2 presenting the new one


# tell NAME TEXT
tell() {
  local who=credential
  [[ $1 == credential ]] || who='metrics credential'
  say "rotation $1" "$who: $2"
}

# others NAME: all accepted generations but the aim, in `rest`.
others() {
  local tag
  rest=''
  for tag in ${tags[$1]}; do
    [[ $tag == "${aim[$1]}" ]] || rest+="${rest:+ }$tag"
  done
}

# drop_others NAME: from here on only the aim is accepted.
drop_others() {
  local tag
  for tag in $rest; do
    unset "login[$1 $tag]" "header[$1 $tag]" "hash[$1 $tag]"
  done
  tags[$1]=${aim[$1]} shown[$1]=${aim[$1]} before[$1]='' lag[$1]=0 phase[$1]=0
}

# take_aim NAME: at what the Secret holds now.
take_aim() {
  local tag=${newest[$1]} older=${tags[$1]-}
  aim[$1]=$tag since[$1]=$now before[$1]='' lag[$1]=0
  if [[ -z $older ]]; then # a new node, where nobody can know another
    tags[$1]=$tag shown[$1]=$tag phase[$1]=0
    tell "$1" "presenting generation $tag"
  elif [[ " $older " == *" $tag "* ]]; then
    tell "$1" "generation $tag is wanted again, beside $older"
  else
    tags[$1]="$older $tag"
    tell "$1" "accepting generation $tag beside $older"
  fi
}

# present_aim NAME: or step back when that was done and peers refuse it.
present_aim() {
  phase[$1]=2
  if [[ ${shown[$1]} != "${aim[$1]}" ]]; then
    before[$1]=${shown[$1]} shown[$1]=${aim[$1]}
    tell "$1" "presenting generation ${aim[$1]}"
  elif [[ -n $refused_grew && -n ${before[$1]} ]]; then
    shown[$1]=${before[$1]} since[$1]=$now before[$1]='' lag[$1]=1 phase[$1]=1
    tell "$1" 'a peer refuses the new credential: presenting the old one again'
  fi
}

# advance NAME: as far as time and counters allow.
advance() {
  local rest elapsed
  others "$1"
  ((since[$1] <= now)) || since[$1]=$now # of another boot
  elapsed=$((now - since[$1]))
  if [[ -z $rest ]] || ((elapsed < propagation)); then
    phase[$1]=$((${#rest} > 0))
    [[ $1 != credential ]] || forget_counts
  elif [[ $1 == credential ]]; then
    read_counts
    present_aim "$1"
    ((phase[$1] == 2 && elapsed >= 2 * propagation)) || return 0
    if [[ -n $quiet_since ]] && ((now - quiet_since >= propagation)); then
      tell "$1" "dropped generation $rest"
      drop_others "$1"
    elif [[ -n $old_grew ]]; then
      lag[$1]=1
      tell "$1" "an older generation is still in use: keeping $rest"
    fi
  elif ((elapsed >= 2 * propagation)); then
    tell "$1" "dropped generation $rest"
    drop_others "$1"
  fi
}

# revoke_others NAME: at once, when the Secret says so.
revoke_others() {
  local rest
  others "$1"
  [[ -n $rest ]] || return 0
  tell "$1" "told to drop old ones now: only generation ${aim[$1]} is accepted, dropped generation $rest"
  drop_others "$1"
}

# rotate NAME: one step.
rotate() {
  local now
  read -r now _ <"$MIRROR_UPTIME"
  now=${now%%.*}
  [[ -z ${newest[$1]-} || ${newest[$1]} == "${aim[$1]-}" ]] || take_aim "$1"
  [[ -n ${aim[$1]-} ]] || return 0
  # Metrics are asked for by others only: this side presents nothing.
  [[ $1 == credential ]] || shown[$1]=${aim[$1]}
  [[ -z ${revoke[$1]-} ]] || revoke_others "$1"
  advance "$1"
  save_state "$1"
}
