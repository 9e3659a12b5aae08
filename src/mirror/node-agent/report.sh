# shellcheck shell=bash disable=SC2034,SC2154
# What the agent says about itself, as metrics: a file for people, and the same for the proxy to answer scrapers with.

report=''                 # as it was handed over last
trusted='' trust_lines=() # a CA, and what the report says of it
presenting=''             # the way that the settings in force present

# metric NAME HELP LINE...: `LINE` is labels and value.
metric() {
  local name=secured_mirror_$1 line
  new+="# HELP $name $2"$'\n'
  if [[ $name == *_total ]]; then new+="# TYPE $name counter"$'\n'; else new+="# TYPE $name gauge"$'\n'; fi
  for line in "${@:3}"; do new+="$name$line"$'\n'; done
}

# list_trust: a hash of each certificate of the CA in hand, so that a rotation of the CA can be followed.
list_trust() {
  local line body='' inside='' sum all=' '
  [[ $ca != "$trusted" ]] || return 0
  trust_lines=()
  while IFS= read -r line; do
    line=${line%$'\r'}
    case $line in
      '-----BEGIN CERTIFICATE-----'*) inside=yes body='' ;;
      '-----END CERTIFICATE-----'*)
        inside=''
        sum=$(printf %s "$body" | sha256sum) || return 1
        [[ $all == *" ${sum:0:12} "* ]] || trust_lines+=("{ca=\"${sum:0:12}\"} 1")
        all+="${sum:0:12} "
        ;;
      *) [[ -z $inside ]] || body+=${line//[[:space:]]/} ;;
    esac
  done <<<"$ca"
  trusted=$ca
}

report_credential() {
  local accepted revoked=0
  local labels="{presented=\"${shown[credential]-}\",newest=\"${newest[credential]-${aim[credential]-}}\"}"
  read -ra accepted <<<"${tags[credential]-}"
  [[ -z ${revoke[credential]-} ]] || revoked=1
  metric credential_phase 'Rotation of the credential: 0 steady, 1 propagating, 2 presenting the new one.' \
    " ${phase[credential]-0}"
  metric credential_generation_info 'Generation that is presented, and the newest.' "$labels 1"
  metric credential_generations 'Accepted generations of the credential.' " ${#accepted[@]}"
  metric credential_lagging 'Whether a rotation waits for peers that are behind.' " ${lag[credential]-0}"
  metric credential_valid 'Whether what the Secret holds is of use.' " ${valid[credential]-0}"
  metric credential_drop_old 'Whether the Secret says to drop older generations at once.' " $revoked"
}

# report_unreached: containerd asks _default for registries without a folder of their own only, whatever is in that.
report_unreached() {
  local folder count=0 lines=() named=''
  [[ " $MIRROR_REGISTRIES " == *' _default '* ]] || return 0
  for folder in "$MIRROR_HOSTS_FOLDER"/*/; do
    folder=${folder%/} folder=${folder##*/}
    [[ $folder != .secured-mirror.* && " $MIRROR_REGISTRIES " != *" $folder "* ]] || continue
    count=$((count + 1))
    if [[ $folder =~ ^[A-Za-z0-9._:-]{1,128}$ && ${#lines[@]} -lt 20 ]]; then
      lines+=("{folder=\"$folder\"} 1") named+=" $folder"
    fi
  done
  ((count == ${#lines[@]})) || named+=" and $((count - ${#lines[@]})) more"
  if ((count > 0)); then
    say unreached "_default does not reach registries with a folder of their own on this node:$named"
  elif [[ -n ${said[unreached]-} ]]; then
    say unreached '_default reaches all registries: none has a folder of its own on this node any more'
  fi
  metric unreached_folders 'Folders of registries on the node that _default does not reach.' " $count"
  ((count == 0)) || metric unreached_folder_info 'The first of them.' "${lines[@]}"
}

# write_report: only when it changed.
write_report() {
  local new='' name published=0 refused=0 waiting=0 encoded route type
  for name in "${registries[@]}"; do
    case ${state[$name]-} in
      published) published=$((published + 1)) ;;
      refused) refused=$((refused + 1)) ;;
      *) waiting=$((waiting + 1)) ;;
    esac
  done
  metric registries 'Registries by how their settings stand on this node.' \
    "{state=\"published\"} $published" "{state=\"refused\"} $refused" "{state=\"waiting\"} $waiting"
  metric only_mirror 'Whether this is the only node with a mirror, which waits for a second one.' " $((${#only} > 0))"
  report_unreached
  [[ -z $generation ]] || metric identity_info 'Identity in hand.' "{generation=\"$generation\"} 1"
  [[ -z $presenting ]] || metric presents_info 'Way that containerd presents.' "{way=\"$presenting\"} 1"
  list_trust
  ((${#trust_lines[@]} == 0)) || metric trust_info 'Certificates of the CA in force.' "${trust_lines[@]}"
  ! accepts basic || report_credential
  report_unauthenticated
  [[ $new != "$report" || ! -e $MIRROR_PROXY_FOLDER/report.json ]] || return 0
  encode "$new" || return 1
  type='{"header":{"key":"content-type","value":"text/plain; version=0.0.4"},"append_action":"OVERWRITE_IF_EXISTS_OR_ADD"}'
  route="{\"match\":{\"path\":\"/metrics/agent\"},\"direct_response\":{\"status\":200,\"body\":{\"inline_bytes\":\"$encoded\"}}"
  route+=",\"response_headers_to_add\":[$type]}"
  type=$types.config.route.v3.RouteConfiguration
  hand_over report.json "{\"resources\":[{\"@type\":\"$type\",\"name\":\"report\",\"max_direct_response_body_size_bytes\":65536,\
\"virtual_hosts\":[{\"name\":\"report\",\"domains\":[\"*\"],\"routes\":[$route]}]}]}" &&
    put_report && report=$new
}

put_report() {
  write "$MIRROR_STATUS_FOLDER/.report" "$new" && mv -fT -- "$MIRROR_STATUS_FOLDER/.report" "$MIRROR_STATUS_FOLDER/report"
}
