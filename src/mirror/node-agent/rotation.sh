# Rotation of a credential, make before break: a new version is accepted at once, becomes active when it must have reached
# every node, and the older ones are dropped when nobody sends them any more. Times are of /proc/uptime: clocks may be wrong.

declare -rA title=([credential]=credential [metrics]='metrics credential')
declare -A accepted=() # by credential: the versions that are accepted
declare -A target      # the version that shall become active
declare -A active      # the version that is presented
declare -A previous    # the version that was active before
declare -A since       # when the target was set
declare -A lagging     # 1 when peers refused the target, or older ones are in use for too long
declare -A phase       # 0 steady, 1 propagating: the old one is active, 2 the target is active

# report_step NAME TEXT
report_step() { tell "rotation $1" "${title[$1]}: $2"; }

# list_others VARIABLE NAME: all accepted versions but the target.
list_others() {
  local all=" ${accepted[$2]} "
  all=${all/ ${target[$2]} / } all=${all# }
  printf -v "$1" %s "${all% }"
}

# drop_others NAME: from here on only the target is accepted.
drop_others() {
  local version others
  list_others others "$1"
  for version in $others; do unset "login[$1 $version]" "header[$1 $version]" "hash[$1 $version]"; done
  accepted[$1]=${target[$1]} active[$1]=${target[$1]} previous[$1]='' lagging[$1]=0 phase[$1]=0
}

# set_target NAME NOW: to what the Secret holds now.
set_target() {
  local version=${newest[$1]} older=${accepted[$1]-}
  target[$1]=$version since[$1]=$2 previous[$1]='' lagging[$1]=0
  if [[ -z $older ]]; then # a new node, where nobody can know another
    accepted[$1]=$version active[$1]=$version phase[$1]=0
    report_step "$1" "presenting version $version"
  elif [[ " $older " == *" $version "* ]]; then report_step "$1" "the Secret holds version $version again, beside $older"
  else
    accepted[$1]="$older $version"
    report_step "$1" "accepting version $version beside $older"
  fi
}

# activate_target NAME NOW: or step back when that was done and peers refuse it.
activate_target() {
  phase[$1]=2
  if [[ ${active[$1]} != "${target[$1]}" ]]; then
    previous[$1]=${active[$1]} active[$1]=${target[$1]}
    report_step "$1" "presenting version ${target[$1]}"
  elif [[ -n $refused_grew && -n ${previous[$1]} ]]; then
    active[$1]=${previous[$1]} since[$1]=$2 previous[$1]='' lagging[$1]=1 phase[$1]=1
    say "rotation $1" "${title[$1]}: a peer refuses the new credential: presenting the old one again"
  fi
}

# advance NAME NOW OTHERS: as far as time and counters allow.
advance() {
  local elapsed
  ((since[$1] <= $2)) || since[$1]=$2 # of another boot
  elapsed=$(($2 - since[$1]))
  if [[ -z $3 ]] || ((elapsed < propagation)); then
    phase[$1]=$((${#3} > 0))
    [[ $1 != credential ]] || forget_counters
    return
  elif [[ $1 == credential ]]; then
    read_counters
    activate_target "$1" "$2"
    ((phase[$1] == 2 && elapsed >= 2 * propagation)) || return 0
    if [[ -z $quiet_since ]] || (($2 - quiet_since < propagation)); then
      [[ -n $old_grew ]] || return 0
      lagging[$1]=1
      report_step "$1" "an older version is still in use: keeping $3"
      return
    fi
  elif ((elapsed < 2 * propagation)); then return
  fi
  report_step "$1" "dropped version $3"
  drop_others "$1"
}

# rotate NAME: one step.
rotate() {
  local now others
  read_uptime now
  [[ -z ${newest[$1]-} || ${newest[$1]} == "${target[$1]-}" ]] || set_target "$1" "$now"
  [[ -n ${target[$1]-} ]] || return 0
  # Metrics are asked for by others only: this side presents nothing.
  [[ $1 == credential ]] || active[$1]=${target[$1]}
  list_others others "$1"
  if [[ -n ${revoke[$1]-} && -n $others ]]; then
    report_step "$1" "the Secret revokes old ones now: only version ${target[$1]} is accepted, dropped version $others"
    drop_others "$1"
    others=''
  fi
  advance "$1" "$now" "$others"
  save_state "$1"
}
