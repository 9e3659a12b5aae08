# shellcheck shell=bash disable=SC2034,SC2154
# Settings that change while the agent runs, out of a file that the kubelet refreshes.

accept='' present='' entry='' resolve='' propagation='' # none yet
settings=''                                        # the text that was judged last

# accepts WAY: the doors take it.
accepts() {
  [[ " $accept " == *" $1 "* ]]
}

# fitting: the settings in `new` are whole and fit together.
fitting() {
  local way known='' scheme=https
  local url='^https?://([A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\])(:[0-9]+)?$'
  for way in ${new[accept]-}; do
    [[ $way == basic || $way == mutual-tls ]] || return 1
    known+=" $way "
  done
  [[ -n ${new[present]-} && $known == *" ${new[present]} "* ]] || return 1
  [[ ${new[present]} != basic ]] || scheme=http
  [[ ${new[entry]-} =~ $url && ${new[entry]} == "$scheme"://* ]] || return 1
  [[ ${new[resolve]} =~ ^[A-Za-z0-9._:\ -]*$ && ${new[propagation]-} =~ ^[1-9][0-9]{0,5}$ ]]
}

# read_settings: what cannot be used changes nothing.
read_settings() {
  local line kept=': keeping those before'
  local -A new=([resolve]='')
  [[ -n $accept ]] || kept=': waiting for others'
  if ! slurp "$MIRROR_SETTINGS"; then
    settings=''
    say settings "the settings cannot be read$kept"
    return
  fi
  [[ $text != "$settings" ]] || return 0
  settings=$text
  while IFS= read -r line; do
    [[ -z $line || $line == \#* ]] || new[${line%%=*}]=${line#*=}
  done <<<"$settings"
  if ! fitting; then
    say settings "the settings are of no use$kept"
    return
  fi
  accept=${new[accept]} present=${new[present]} entry=${new[entry]} resolve=${new[resolve]} propagation=${new[propagation]}
  say settings "the settings are good (accept $accept, present $present)"
}
