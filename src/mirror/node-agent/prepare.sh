# Before the proxy starts: writes the files with which it starts, or says for what it waits.

# has_identity: all files that mutual TLS needs are filled.
has_identity() {
  local file identity=$MIRROR_IDENTITY_FOLDER
  for file in "$identity/tls.crt" "$identity/tls.key" "${MIRROR_TRUST_FOLDER:-$identity}/ca.crt"; do
    [[ ! -s $file ]] || continue
    say certificates "waiting for the certificates: there is no $file"
    return 1
  done
}

prepare() {
  read_settings
  [[ -n $accept ]] || return 1
  ! accepts mutual-tls || has_identity || return 1
  follow_credentials
  if accepts basic && [[ -z ${active[credential]-} ]]; then
    say credential "waiting for the credential: ${trouble[credential]}"
    return 1
  fi
  write_credentials && write_report && make_list
}
