# What others left of a hosts.toml that we wrote: which lines are ours and what was theirs. Changes no files.

# is_cut TEXT WHOLE: TEXT is WHOLE with one piece taken out.
is_cut() {
  local low=0 high=${#1} middle rest
  ((high < ${#2})) || return 1
  while ((low < high)); do # TEXT and WHOLE begin alike for so long
    middle=$(((low + high + 1) / 2))
    if [[ ${1:0:middle} == "${2:0:middle}" ]]; then low=$middle; else high=$((middle - 1)); fi
  done
  rest=$((${#1} - low))
  [[ ${1:low} == "${2:${#2}-rest}" ]]
}

# is_torn THEIRS WHOLE: a cut made THEIRS of WHOLE, and not an edit: it ends in the middle of something, or cannot be
# understood any more.
is_torn() {
  local next merged
  is_cut "$1" "$2" || return 1
  merge merged "$1" '' || return 0
  [[ -n $1 && ${2:0:${#1}} == "$1" ]] || return 1
  next=${2:${#1}}
  next=${next%%$'\n'*}
  [[ ! $next =~ $blank_line ]] || return 1
  [[ ${1: -1} != $'\n' ]] || [[ ! $next =~ $table_line && ! $next =~ $any_key ]]
}

# is_touched TEXT: something in it is ours for sure.
is_touched() { [[ $1 == *"$begin"* || $1 == *"$end"* || $1 == */.secured-mirror.* ]]; }

# pick VARIABLE TEXT KNOWN: TEXT without our lines, such as the lines of KNOWN. A line, or half of one, that others may have
# too is ours beside one that is ours for sure. Fails when something of ours may be left.
pick() {
  local lines line rest='' run='' sure='' named='^  (ca|client) = ".*/\.secured-mirror\.[^/"]*"$'
  mapfile -t lines <<<"$2"
  for line in "${lines[@]}"; do
    if [[ $line == "$begin" || $line == "$end" || $line =~ $named ]]; then run+=$line$'\n' sure=yes
    elif ((${#line} >= 3 && ${#line} < 512)) && [[ $'\n'$3 == *$'\n'"$line"* || $3 == *"$line"$'\n'* ]]; then
      run+=$line$'\n'
      [[ $line != "[host.\"$entry\""* && $line != '  Authorization = '* ]] || sure=yes
    else
      [[ -n $sure ]] || rest+=$run
      rest+=$line$'\n' run='' sure=''
    fi
  done
  if [[ -z $sure ]]; then rest+=$run rest=${rest%$'\n'}; fi
  printf -v "$1" %s "$rest"
  ! is_touched "$rest"
}

# tell_apart TOML BLOCK: like split, but others may have damaged what we wrote. TOML has `text`, and `written` as we wrote it;
# tell_apart adds `ours` and `theirs`, or what is left of them; `before`, which was theirs in `written`; and `torn`, which
# says what the damage hit: `theirs` alone, `ours`, or `all`, when an edit of theirs may be lost with it. BLOCK are our lines
# where nothing is known to be written. Fails when nothing is known.
tell_apart() {
  local -n parts=$1
  local text=${parts[text]} written=${parts[written]} known before ours='' theirs=''
  local merged reason secret=$'  Authorization = [^\n]+'
  [[ -z $written ]] || split ours theirs "$written" || ours='' theirs=''
  known=$ours before=$theirs
  parts+=([ours]=$ours [theirs]=$theirs [before]=$theirs ['torn']='')
  [[ -z $known || $text != "$written" ]] || return 0
  if split ours theirs "$text"; then
    parts[ours]=$ours parts[theirs]=$theirs
    if [[ -z $known ]]; then [[ -n $ours ]] || ! is_touched "$text" || parts['torn']=ours
    elif [[ -n $ours || $text == "$before" ]] || is_cut "$text" "$before"; then
      if [[ -z $text && -n $before ]] || is_torn "$theirs" "$before"; then parts[theirs]=$before parts['torn']=theirs; fi
      return 0
    elif is_touched "$text" || is_cut "$text" "$written" || [[ $text == *"[host.\"$entry\"]"* ]] ||
      [[ $known =~ $secret && $text == *"${BASH_REMATCH[0]}"* ]]; then
      parts['torn']=ours
    fi
    [[ -n ${parts[torn]} ]] || return 0
  fi
  parts[ours]='' parts['torn']=ours parts[theirs]=$before
  if [[ -n $known ]] && is_cut "$text" "$written"; then return 0
  elif ! pick theirs "$text" "${known:-$2}"; then
    [[ -n $known ]] || return 1
    parts['torn']=all
  elif [[ -n $known ]] && { ! merge merged "$theirs" '' || is_cut "$theirs" "$before"; }; then parts['torn']=all
  else parts[theirs]=$theirs
  fi
}
