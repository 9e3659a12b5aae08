# shellcheck shell=bash disable=SC2034,SC2154
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

# torn_off THEIRS WHOLE: a cut made THEIRS of WHOLE, and not an edit: it ends in the middle of something, or cannot be
# understood any more.
torn_off() {
  local next merged why
  is_cut "$1" "$2" || return 1
  merge "$1" '' || return 0
  [[ -n $1 && ${2:0:${#1}} == "$1" ]] || return 1
  next=${2:${#1}}
  next=${next%%$'\n'*}
  [[ ! $next =~ $blank_line ]] || return 1
  [[ ${1: -1} != $'\n' ]] || [[ ! $next =~ $table_line && ! $next =~ $any_key ]]
}

# is_touched TEXT: something in it is ours for sure.
is_touched() {
  [[ $1 == *"$begin"* || $1 == *"$end"* || $1 == */.secured-mirror.* ]]
}

# pick TEXT KNOWN: `theirs` is TEXT without our lines, such as those of KNOWN. A line, or half of one, that others may have
# too is ours beside one that is ours for sure. Fails when something of ours may be left.
pick() {
  local lines line run='' sure='' named='^  (ca|client) = ".*/\.secured-mirror\.[^/"]*"$'
  theirs=
  mapfile -t lines <<<"$1"
  for line in "${lines[@]}"; do
    if [[ $line == "$begin" || $line == "$end" || $line =~ $named ]]; then
      run+=$line$'\n' sure=yes
    elif ((${#line} >= 3 && ${#line} < 512)) && [[ $'\n'$2 == *$'\n'"$line"* || $2 == *"$line"$'\n'* ]]; then
      run+=$line$'\n'
      [[ $line != "[host.\"$entry\""* && $line != '  Authorization = '* ]] || sure=yes
    else
      [[ -n $sure ]] || theirs+=$run
      theirs+=$line$'\n' run='' sure=''
    fi
  done
  [[ -n $sure ]] || theirs+=$run
  [[ -n $sure ]] || theirs=${theirs%$'\n'}
  ! is_touched "$theirs"
}

# tell_apart TEXT WRITTEN: like split, but others may have damaged what we wrote. Then `theirs` is what it was, or what is left
# of it, and `torn` says what they hit: `theirs` alone, `ours`, or `all`, when an edit of theirs may be lost with it.
# `before` is what was theirs in WRITTEN. Fails when nothing is known.
tell_apart() {
  local known='' merged why secret=$'  Authorization = [^\n]+'
  torn='' before=''
  [[ -z $2 ]] || ! split "$2" || known=$ours before=$theirs
  [[ -z $known || $1 != "$2" ]] || return 0
  if split "$1"; then
    if [[ -z $known ]]; then
      [[ -n $ours ]] || ! is_touched "$1" || torn=ours
    elif [[ -n $ours || $1 == "$before" ]] || is_cut "$1" "$before"; then
      if [[ -z $1 && -n $before ]] || torn_off "$theirs" "$before"; then theirs=$before torn=theirs; fi
      return 0
    elif is_touched "$1" || is_cut "$1" "$2" || [[ $1 == *"[host.\"$entry\"]"* ]] ||
      [[ $known =~ $secret && $1 == *"${BASH_REMATCH[0]}"* ]]; then
      torn=ours
    fi
    [[ -n $torn ]] || return 0
  fi
  ours='' torn=ours
  if [[ -n $known ]] && is_cut "$1" "$2"; then
    theirs=$before
  elif ! pick "$1" "${known:-$block}"; then
    [[ -n $known ]] || return 1
    theirs=$before torn=all
  elif [[ -n $known ]] && { ! merge "$theirs" '' || is_cut "$theirs" "$before"; }; then
    theirs=$before torn=all
  fi
}
