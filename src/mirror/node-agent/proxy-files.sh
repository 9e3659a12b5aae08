# shellcheck shell=bash disable=SC2034,SC2154
# What the proxy is handed as files: who may come in, what it shows to peers. All of them are there in every mode, as the
# proxy turns a door down that names a missing one.

readonly types=type.googleapis.com/envoy
readonly refusal="{\"@type\":\"$types.extensions.filters.http.rbac.v3.RBAC\",\"rules\":{\"action\":\"ALLOW\",\"policies\":{}}}"
rendered=''      # what the files were made of
authorization='' # what is presented: the value of a header

# hand_over_filter FILE CONFIG: the filter of that name.
hand_over_filter() {
  local type=$types.config.core.v3.TypedExtensionConfig
  hand_over "$1.json" "{\"resources\":[{\"@type\":\"$type\",\"name\":\"$1\",\"typed_config\":$2}]}"
}

# hand_over_users FILE NAME: all accepted generations of a credential, or nobody. Scrapers show the user name as the Secret
# has it, and the proxy takes one password for each name: theirs is the newest.
hand_over_users() {
  local tag name lines='' encoded config=$refusal order=${tags[$2]-}
  [[ $2 == credential || -z $order ]] || order="${aim[$2]} $order"
  for tag in $order; do
    name=${login[$2 $tag]}
    [[ $2 == credential ]] || name=${name%.*}
    [[ $'\n'$lines == *$'\n'"$name:{SHA}"* ]] || lines+="$name:${hash[$2 $tag]}"$'\n'
  done
  if [[ -n $lines ]]; then
    encode "$lines" || return 1
    config="{\"@type\":\"$types.extensions.filters.http.basic_auth.v3.BasicAuth\""
    config+=",\"users\":{\"inline_bytes\":\"$encoded\"},\"forward_username_header\":\"x-mirror-user\"}"
  fi
  hand_over_filter "$1" "$config"
}

# hand_over_old: counts who still shows an older generation.
hand_over_old() {
  local tag name principals='' config
  config="{\"@type\":\"$types.extensions.filters.http.rbac.v3.RBAC\""
  for tag in ${tags[credential]-}; do
    [[ $tag != "${aim[credential]}" ]] || continue
    name=${login[credential $tag]//\\/\\\\}
    name=${name//\"/\\\"}
    principals+="${principals:+,}{\"header\":{\"name\":\"x-mirror-user\",\"string_match\":{\"exact\":\"$name\"}}}"
  done
  if [[ -n $principals ]]; then
    config+=',"shadow_rules_stat_prefix":"old_","shadow_rules":{"action":"ALLOW","policies":{"old":'
    config+="{\"permissions\":[{\"any\":true}],\"principals\":[$principals]}}}"
  fi
  hand_over_filter old "$config}"
}

# hand_over_injected HEADER: what is shown to peers.
hand_over_injected() {
  local value encoded
  encode "${1:-none}" || return 1
  value="{\"@type\":\"$types.extensions.transport_sockets.tls.v3.Secret\",\"name\":\"injected\""
  value+=",\"generic_secret\":{\"secret\":{\"inline_bytes\":\"$encoded\"}}}"
  hand_over injected.json "{\"resources\":[$value]}"
}

# hand_over_credentials: in this order, so that what is presented is accepted.
hand_over_credentials() {
  local key file value=''
  [[ -z ${shown[credential]-} ]] || value="Basic ${header[credential ${shown[credential]}]}"
  key="$value|${aim[credential]-} ${tags[credential]-}|${tags[metrics]-}"
  for file in users old metrics-users injected; do
    [[ -e $MIRROR_PROXY_FOLDER/$file.json ]] || rendered=''
  done
  [[ $key != "$rendered" ]] || return 0
  hand_over_users users credential && hand_over_old && hand_over_users metrics-users metrics && hand_over_injected "$value" &&
    rendered=$key authorization=$value
}
