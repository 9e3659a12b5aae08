# shellcheck shell=bash disable=SC2034,SC2154
# Before the proxy starts: hands over what it starts with, or says what that waits for.

# lacking FILE...: one of them is missing or empty, and named in `file`.
lacking() {
  for file; do
    [[ -s $file ]] || return 0
  done
  return 1
}

# certificates: all that mutual TLS needs are there.
certificates() {
  local file identity=$MIRROR_IDENTITY_FOLDER
  if lacking "$identity/tls.crt" "$identity/tls.key" "${MIRROR_TRUST_FOLDER:-$identity}/ca.crt"; then
    say certificates "waiting for the certificates: there is no $file"
    return 1
  fi
}

prepare() {
  read_settings
  [[ -n $accept ]] || return 1
  ! accepts mutual-tls || certificates || return 1
  follow_credentials
  if accepts basic && [[ -z ${shown[credential]-} ]]; then
    say credential "waiting for the credential: ${trouble[credential]}"
    return 1
  fi
  hand_over_credentials && write_report && make_list
}
