# What containerd presents to the proxy: certificate, key and CA from a mounted Secret.

# forget_identity: the Secret is read and checked anew.
forget_identity() {
  identity_version='' client='' ca=''
  identity_mounted='' identity_checked='' # the version of the Secret that was read last, and its content
}
forget_identity

# put_keys FOLDER: under names of this version, so nothing in use is touched.
put_keys() {
  put "$1/.secured-mirror.ca.$identity_version.pem" "$ca" && put "$1/.secured-mirror.client.$identity_version.pem" "$client"
}

# has_keys BLOCK: all files that it names exist.
has_keys() {
  local line
  while read -r line; do [[ ! $line =~ ^(ca|client)\ =\ \"(.*)\"$ || -s ${BASH_REMATCH[2]} ]] || return 1; done <<<"$1"
}

# drop_keys FOLDER TEXT [SECONDS]: all that TEXT does not name; with SECONDS, once its hosts.toml is as it is for so long.
drop_keys() {
  local file now changed
  for file in "$1"/.secured-mirror.{ca,client}.*.pem; do
    [[ $2 != *"/${file##*/}"* ]] || continue
    if (($# == 3)); then
      changed=$(stat -c %Z -- "$1/hosts.toml") && printf -v now '%(%s)T' -1 && ((now - changed >= $3)) || return 0
    fi
    rm -f -- "$file"
  done
}

# envoy_accepts CLIENT CA: both parse, and certificate and key belong together.
envoy_accepts() {
  local config=${contract[identity]//@CERTIFICATE@/"$1"}
  printf %s "${config//@CA@/"$2"}" >"$scratch/envoy.json" || return 124
  timeout 10 envoy --mode validate --config-path "$scratch/envoy.json" >/dev/null 2>&1
}

# has_pem KIND TEXT: containerd expects plain kinds, at the start of a line; others than it accept more.
has_pem() { [[ $'\n'$2 == *$'\n-----BEGIN '$1-----* ]]; }

# check_identity CLIENT CA: 0 is good, 124 and more is no answer, the rest is bad.
check_identity() {
  local verdict
  has_pem CERTIFICATE "$1" && has_pem '*PRIVATE KEY' "$1" && has_pem CERTIFICATE "$2" || return 1
  printf %s "$1" >"$scratch/client.pem" && printf %s "$2" >"$scratch/ca.pem" || return 124
  "$MIRROR_VALIDATE" "$scratch/client.pem" "$scratch/ca.pem"
  verdict=$?
  rm -f -- "$scratch/client.pem" "$scratch/ca.pem"
  return "$verdict"
}

# read_identity: `client`, `ca` and their hash in `identity_version`. A useless Secret changes nothing. Where the trusted CA
# has a mount of its own, the CA comes from there.
read_identity() {
  local from from_trust trust=${MIRROR_TRUST_FOLDER:-$MIRROR_IDENTITY_FOLDER} crt key new_client new_ca verdict
  if ! { find_mounted from "$MIRROR_IDENTITY_FOLDER" && find_mounted from_trust "$trust"; }; then
    identity_mounted=
    say identity 'the identity cannot be read'
    return
  fi
  [[ $from:$from_trust != "$identity_mounted" ]] || return
  # All files from one version, the present one.
  if ! { slurp crt "$from/tls.crt" && slurp key "$from/tls.key" && slurp new_ca "$from_trust/ca.crt" &&
    [[ $MIRROR_IDENTITY_FOLDER/..data -ef $from && $trust/..data -ef $from_trust ]]; }; then
    say identity 'the identity cannot be read'
    return
  fi
  new_client=$crt$'\n'$key$'\n'
  if [[ $new_client$new_ca != "$identity_checked" ]]; then
    check_identity "$new_client" "$new_ca"
    verdict=$?
    if ((verdict >= 124)); then
      say identity 'the identity could not be checked'
      return
    fi
    identity_checked=$new_client$new_ca
    if ((verdict == 0)); then
      client=$new_client ca=$new_ca
      identity_version=$(printf %s "$identity_checked" | sha256sum)
      identity_version=${identity_version:0:contract[hash-digits]}
    fi
  fi
  identity_mounted=$from:$from_trust
  if [[ $client$ca == "$identity_checked" ]]; then tell identity "the identity is good (version $identity_version)"
  else say identity 'the identity is of no use: certificate, key and CA must be PEM and belong together'
  fi
}
