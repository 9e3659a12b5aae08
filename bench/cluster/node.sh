# Functions of the bench on a node, for busybox's sh in a privileged pod with the node's processes and network. The pod's environment
# has SOCKET, containerd's socket, and HOSTS, its folder of registry settings. Blobs are made in /work.

export PATH="$PATH:/usr/local/bin:/var/lib/rancher/rke2/bin:/snap/bin"

# on_node COMMAND...: with the node's files and programs; busybox alone would take its own program of that name
on_node() { nsenter -t 1 -m /bin/sh -c 'exec "$@"' sh "$@"; }

# nanoseconds: busybox's date has only seconds
now() { on_node date +%s%N; }

# find_ctr: ctr lies beside containerd where it is not on the PATH.
find_ctr() {
  ctr=ctr
  on_node /bin/sh -c 'command -v ctr' >/dev/null || ctr=$(dirname "$(readlink "/proc/$(pidof containerd | cut -d' ' -f1)/exe")")/ctr
}
containerd() { on_node "$ctr" -a "$SOCKET" -n k8s.io "$@"; }

# facts: lines NAME VALUE about the node
facts() {
  find_ctr
  case $(now) in *[!0-9]*) echo "problem the node's date does not know nanoseconds (%N)" ;; esac
  containerd version >/dev/null 2>&1 || echo "problem ctr does not reach containerd at $SOCKET: name what the nodes run with --platform"
  command -v curl >/dev/null || echo "problem the image of --tools-image has no curl"
  echo "free $(df -Pk /work | tail -n 1 | while read -r _ _ _ free _; do echo "$free"; done)"
  echo "processor $(grep -m 1 '^model name' /proc/cpuinfo | cut -d: -f2)"
}

# settings HOST: writes what comes on stdin as containerd's settings for a registry
# shellcheck disable=SC2016 # the shell on the node expands it
settings() { on_node sh -c 'mkdir -p "$1" && cat >"$1/hosts.toml"' settings "$HOSTS/$1"; }

# remove_settings HOST
remove_settings() { on_node rm -rf "${HOSTS:?}/$1"; }

# noted: notes this process group for end_earlier
noted() { echo "$$" >>/tmp/running; }

# end_earlier: ends what an interrupted run left running
end_earlier() {
  local group
  while read -r group; do
    [ "$group" = "$$" ] || kill -TERM -"$group" 2>/dev/null || true
  done </tmp/running
}
