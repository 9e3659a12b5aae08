# Settings that change while the agent runs, from a file that the kubelet refreshes.

accept='' present='' entry='' resolve='' propagation='' # unknown until the first good file
settings=''                                             # the text that was checked last

declare -A contract # what TypeScript and the proxy share with these scripts: contract-file.ts

load_contract() {
  local line
  while IFS= read -r line; do contract[${line%%=*}]=${line#*=}; done <"$MIRROR_CONTRACT"
}

# accepts METHOD: the listeners accept it.
accepts() { [[ " $accept " == *" $1 "* ]]; }

# is_valid ARRAY: the settings in it are complete and fit together.
is_valid() {
  local -n checked=$1
  local method known='' scheme=https url='^https?://([A-Za-z0-9.-]+|\[[0-9a-fA-F:.]+\])(:[0-9]+)?$'
  for method in ${checked[accept]-}; do
    [[ $method == basic || $method == mutual-tls ]] || return 1
    known+=" $method "
  done
  [[ -n ${checked[present]-} && $known == *" ${checked[present]} "* ]] || return 1
  [[ ${checked[present]} != basic ]] || scheme=http
  [[ ${checked[entry]-} =~ $url && ${checked[entry]} == "$scheme"://* ]] || return 1
  [[ ${checked[resolve]} =~ ^[A-Za-z0-9._:\ -]*$ && ${checked[propagation]-} =~ ^[1-9][0-9]{0,5}$ ]]
}

# read_settings: a bad file changes nothing.
read_settings() {
  local line text kept=': keeping those before'
  local -A new=([resolve]='')
  [[ -n $accept ]] || kept=': waiting for others'
  if ! slurp text "$MIRROR_SETTINGS"; then
    settings=''
    say settings "the settings cannot be read$kept"
    return
  fi
  [[ $text != "$settings" ]] || return 0
  settings=$text
  while IFS= read -r line; do [[ -z $line || $line == \#* ]] || new[${line%%=*}]=${line#*=}; done <<<"$settings"
  if ! is_valid new; then
    say settings "the settings are of no use$kept"
    return
  fi
  accept=${new[accept]} present=${new[present]} entry=${new[entry]} resolve=${new[resolve]} propagation=${new[propagation]}
  tell settings "the settings are good (accept $accept, present $present)"
}
