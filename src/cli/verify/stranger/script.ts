import { CLIENT_PORT, headers } from './envoy';

/**
 * Makes requests, each of four words: a number, how, an address and what. `plain` and `tls` send a request line of HTTP by way of Envoy, which
 * prints its answer; `router` says what a libp2p router says first, and prints what comes back.
 */
export const SCRIPT = `
envoy --config-yaml "$1" --disable-hot-restart --concurrency 1 --log-level off --file-flush-interval-msec 100 2>/dev/null &
client=$!
shift
until (: </dev/tcp/127.0.0.1/${CLIENT_PORT}) 2>/dev/null; do kill -0 "$client" || exit 1; sleep 0.1; done

http() { # ID HOW ADDRESS REQUEST
  local id=$1 how=$2 address=$3 request=$4 tls='' body=''
  [[ $how != tls ]] || tls=$'${headers.tls}: 1\\r\\n'
  [[ $request != POST* ]] || body='{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1"}'
  exec 3<>/dev/tcp/127.0.0.1/${CLIENT_PORT}
  printf '%s HTTP/1.1\\r\\nhost: mirror\\r\\n${headers.id}: %s\\r\\n${headers.address}: %s\\r\\n%sx-spegel-mirrored: true\\r\\ncontent-length: %d\\r\\nconnection: close\\r\\n\\r\\n%s' \\
    "$request" "$id" "$address" "$tls" "\${#body}" "$body" >&3
  timeout 10 cat <&3 >/dev/null
}

router() { # ID ADDRESS
  local id=$1 host=\${2%:*} port=\${2##*:} said='' error status
  host=\${host#[} host=\${host%]}
  error=$(timeout 3 bash -c ': </dev/tcp/$0/$1' "$host" "$port" 2>&1) && status=0 || status=$?
  if ((status == 0)); then
    exec 3<>"/dev/tcp/$host/$port"
    printf '\\x13/multistream/1.0.0\\n' >&3
    said=$(timeout 3 head -c 19 <&3 | tr -cd 'a-z0-9/.')
  fi
  [[ $status != 124 ]] || error=timeout
  printf '{"id":"%s","router":"%s","failure":"%s"}\\n' "$id" "$said" "$(tr -d '"\\\\\\n' <<<"$error")"
}

running=0
while (($# > 0)); do
  if [[ $2 == router ]]; then router "$1" "$3" & else http "$1" "$2" "$3" "$4" & fi
  shift 4
  ((++running < 24)) || { wait -n; ((running--)); }
done
jobs=$(jobs -p | grep -vx "$client")
[[ -z $jobs ]] || wait $jobs
sleep 0.5
kill "$client"
wait "$client" 2>/dev/null
exit 0
`;
