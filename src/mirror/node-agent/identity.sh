# shellcheck shell=bash disable=SC2154
# What containerd presents to the proxy: certificate, key and CA out of a mounted Secret.

# forget_identity: nothing in hand, the Secret is read and checked anew.
forget_identity() {
  generation='' client='' ca=''
  source='' judged='' # the version of the Secret that was read last, and its content
}
forget_identity

# put_keys FOLDER: under names of this generation, so nothing in use is touched.
put_keys() {
  put "$1/.secured-mirror.ca.$generation.pem" "$ca" && put "$1/.secured-mirror.client.$generation.pem" "$client"
}

# has_keys BLOCK: all files that it names are there.
has_keys() {
  local line
  while read -r line; do
    [[ ! $line =~ ^(ca|client)\ =\ \"(.*)\"$ || -s ${BASH_REMATCH[2]} ]] || return 1
  done <<<"$1"
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
  cat >"$scratch/envoy.json" <<JSON || return 124
{"static_resources": {"clusters": [{"name": "identity", "transport_socket": {"name": "tls", "typed_config": {
  "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
  "common_tls_context": {
    "tls_certificates": [{"certificate_chain": {"filename": "$1"}, "private_key": {"filename": "$1"}}],
    "validation_context": {"trusted_ca": {"filename": "$2"}}
  }
}}}]}}
JSON
  timeout 10 envoy --mode validate --config-path "$scratch/envoy.json" >/dev/null 2>&1
}

# has_pem KIND TEXT: containerd wants plain kinds, at the start of a line; others than it accept more.
has_pem() {
  [[ $'\n'$2 == *$'\n-----BEGIN '$1-----* ]]
}

# judge CLIENT CA: 0 is good, 124 and more is no answer, the rest is bad.
judge() {
  local verdict
  has_pem CERTIFICATE "$1" && has_pem '*PRIVATE KEY' "$1" && has_pem CERTIFICATE "$2" || return 1
  printf %s "$1" >"$scratch/client.pem" && printf %s "$2" >"$scratch/ca.pem" || return 124
  "$MIRROR_VALIDATE" "$scratch/client.pem" "$scratch/ca.pem"
  verdict=$?
  rm -f -- "$scratch/client.pem" "$scratch/ca.pem"
  return "$verdict"
}

# read_identity: the Secret's content in `client` and `ca`, its name in `generation`. What is of no use changes nothing.
# Where the trust has a folder of its own, the CA comes from there.
read_identity() {
  local folder from trust=${MIRROR_TRUST_FOLDER:-$MIRROR_IDENTITY_FOLDER} crt key new_client new_ca verdict
  if ! { data_folder "$MIRROR_IDENTITY_FOLDER" && from=$folder && data_folder "$trust"; }; then
    source=
    say identity 'the identity cannot be read'
    return
  fi
  [[ $from:$folder != "$source" ]] || return
  # All files from one version, the present one.
  if ! { slurp "$from/tls.crt" && crt=$text && slurp "$from/tls.key" && key=$text && slurp "$folder/ca.crt" &&
    new_ca=$text && [[ $MIRROR_IDENTITY_FOLDER/..data -ef $from && $trust/..data -ef $folder ]]; }; then
    say identity 'the identity cannot be read'
    return
  fi
  new_client=$crt$'\n'$key$'\n'
  if [[ $new_client$new_ca != "$judged" ]]; then
    judge "$new_client" "$new_ca"
    verdict=$?
    if ((verdict >= 124)); then
      say identity 'the identity could not be checked'
      return
    fi
    judged=$new_client$new_ca
    if ((verdict == 0)); then
      client=$new_client ca=$new_ca
      generation=$(printf %s "$judged" | sha256sum)
      generation=${generation:0:12}
    fi
  fi
  source=$from:$folder
  if [[ $client$ca == "$judged" ]]; then
    say identity "the identity is good (generation $generation)"
  else
    say identity 'the identity is of no use: certificate, key and CA must be PEM and belong together'
  fi
}
