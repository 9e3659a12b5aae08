# What the agent reports about itself, as metrics: a file for people, and the same for the proxy to answer scrapers with.

report=''                   # as it was written last
trusted='' trusted_hashes=() # a CA, and the hash of each of its certificates
presenting=''               # the method that the settings in force present

# metric NAME [LABEL... VALUE]...: adds it to `new`. An info metric has no VALUE.
# shellcheck disable=SC2059 # the contract has the formats
metric() {
  local comments sample=''
  printf -v comments "${contract[$1.comments]}"
  (($# == 1)) || printf -v sample "${contract[$1.sample]}" "${@:2}"
  new+=$comments$sample
}

# hash_trusted: so that a rotation of the CA can be followed.
hash_trusted() {
  local line body='' inside='' sum all=' '
  [[ $ca != "$trusted" ]] || return 0
  trusted_hashes=()
  while IFS= read -r line; do
    line=${line%$'\r'}
    case $line in
      '-----BEGIN CERTIFICATE-----'*) inside=yes body='' ;;
      '-----END CERTIFICATE-----'*)
        inside=''
        sum=$(printf %s "$body" | sha256sum) || return 1
        sum=${sum:0:contract[hash-digits]}
        [[ $all == *" $sum "* ]] || trusted_hashes+=("$sum")
        all+="$sum "
        ;;
      *) [[ -z $inside ]] || body+=${line//[[:space:]]/} ;;
    esac
  done <<<"$ca"
  trusted=$ca
}

report_credential() {
  local versions revoked=0
  [[ -z ${revoke[credential]-} ]] || revoked=1
  read -ra versions <<<"${accepted[credential]-}"
  metric credentialPhase "${phase[credential]-0}"
  metric credentialVersionInfo "${active[credential]-}" "${newest[credential]-${target[credential]-}}"
  metric credentialVersions "${#versions[@]}"
  metric credentialLagging "${lagging[credential]-0}"
  metric credentialValid "${valid[credential]-0}"
  metric credentialDropOld "$revoked"
}

# write_report: only when it changed. Its status says whether all registries but the refused are published.
write_report() {
  local new='' name encoded
  local -A count=([published]=0 [refused]=0 [waiting]=0)
  for name in "${registries[@]}"; do
    name=${state[$name]-}
    count[${name:-waiting}]=$((count[${name:-waiting}] + 1))
  done
  metric registries published "${count[published]}" refused "${count[refused]}" waiting "${count[waiting]}"
  metric onlyMirror "$((${#only} > 0))"
  new+=$usage
  [[ -z $list_linked ]] || metric defaultListLinked "$list_linked"
  [[ -z $identity_version ]] || metric identityInfo "$identity_version"
  [[ -z $presenting ]] || metric upstreamAuthenticationInfo "$presenting"
  hash_trusted
  ((${#trusted_hashes[@]} == 0)) || metric trustInfo "${trusted_hashes[@]}"
  ! accepts basic || report_credential
  report_unauthenticated
  [[ $new != "$report" || ! -e $MIRROR_PROXY_FOLDER/report.json ]] || return 0
  encode encoded "$new" && replace "$MIRROR_STATUS_FOLDER/${contract[report-file]}" "$new" &&
    write_dynamic_file report @REPORT@ "$encoded" @STATUS@ "$((count[waiting] ? 503 : 200))" && report=$new
}
