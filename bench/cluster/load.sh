# Functions of the bench that pull, ask and measure on a node. They need node.sh.

# snapshot: the load, and each process: its cgroup, its line of stat and, if it is a Spegel, the bytes that its pod's
# network received and that it wrote itself
snapshot() {
  local process stat cgroup line more load
  read -r load _ </proc/loadavg
  echo "load $load"
  for process in /proc/[0-9]*; do
    stat='' cgroup='' more=''
    { read -r stat <"$process/stat"; } 2>/dev/null
    [ -n "$stat" ] || continue
    { while read -r line; do case $line in *pod*) cgroup=$line && break ;; esac done <"$process/cgroup"; } 2>/dev/null
    case $stat in *"(spegel)"*) more=$(traffic "$process") ;; esac
    echo "$more|$cgroup|$stat"
  done
}

# traffic PROCESS: bytes that eth0 of its pod received, and that it wrote
traffic() {
  local name value received=0 written=0
  while read -r name value _; do [ "$name" != eth0: ] || received=$value; done <"$1/net/dev"
  while read -r name value; do [ "$name" != wchar: ] || written=$value; done <"$1/io"
  echo "$received $written"
}

# pull_all PARALLEL REFERENCE...: pulls them, so many at a time, between two snapshots. A line for each: when it began, when it ended,
# and containerd's complaint if it failed.
pull_all() {
  local parallel=$1 lane=0
  shift
  find_ctr
  sync
  snapshot
  while [ "$lane" -lt "$parallel" ]; do
    pull_lane "$lane" "$parallel" "$@" &
    lane=$((lane + 1))
  done
  wait
  snapshot
}

# pull_lane LANE LANES REFERENCE...: pulls each LANES-th of them, one after the other
pull_lane() {
  local lane=$1 lanes=$2 i=0 reference began error
  shift 2
  for reference in "$@"; do
    if [ $((i % lanes)) = "$lane" ]; then
      error=''
      began=$(now)
      containerd images pull --hosts-dir "$HOSTS" "$reference" >/dev/null 2>"/tmp/error.$lane" || error=$(tail -n 1 "/tmp/error.$lane")
      echo "pulled $began $(now) $error"
    fi
    i=$((i + 1))
  done
}

# requests URL HOST DIGEST...: writes the requests that containerd makes for layers of that registry into a file for curl, with the
# identity that its settings name
requests() {
  local url=$1 host=$2 key file digest
  shift 2
  on_node cat "$HOSTS/$host/hosts.toml" >/tmp/hosts.toml
  printf 'silent\nshow-error\nparallel\nmax-time = 300\nheader = "Accept: application/vnd.oci.image.layer.v1.tar, */*"\n' >/tmp/curl
  for key in ca client; do
    file=$(sed -n "s/^ *$key = \"\(.*\)\"/\1/p" /tmp/hosts.toml)
    [ -n "$file" ] || continue
    (umask 077 && on_node cat "$file" >"/tmp/$key.pem")
    case $key in ca) echo 'cacert = "/tmp/ca.pem"' ;; client) echo 'cert = "/tmp/client.pem"' ;; esac >>/tmp/curl
  done
  for digest in "$@"; do
    printf 'url = "%s"\noutput = "/dev/null"\n' "$url/v2/bench/any/blobs/$digest?ns=$host" >>/tmp/curl
  done
}

# get_all PARALLEL URL HOST DIGEST...: asks a mirror itself for layers, so many at a time, between two snapshots. A line for each: its
# code, bytes and seconds; and when all began and ended.
get_all() {
  local parallel=$1
  shift
  requests "$@"
  snapshot
  echo "began $(now)"
  curl --config /tmp/curl --parallel-max "$parallel" --write-out 'got %{http_code} %{size_download} %{time_total}\n' || true
  echo "ended $(now)"
  snapshot
  rm -f /tmp/ca.pem /tmp/client.pem
}

# missing URL HOST DIGEST...: the ones that the mirror does not find
missing() {
  requests "$@"
  curl --config /tmp/curl --head --parallel-max 4 --write-out '%{http_code} %{url}\n' 2>/dev/null |
    sed -n '/^200 /d; s|^[0-9]* http.*/blobs/\(sha256:[0-9a-f]*\).*|\1|p'
  rm -f /tmp/ca.pem /tmp/client.pem
}
