#!/usr/bin/env bash
# Prints what the checks of a node need to know, and `end` as the last line. It writes nothing, and prints no value that may be a
# secret. Settings: the PROBE_* variables of probe-pod.ts. In a pod all files are one text: scripts.ts.
set -u
shopt -s nullglob dotglob
export LC_ALL=C

here=${BASH_SOURCE[0]%/*}
. "$here/../../../mirror/node-agent/files.sh"
. "$here/../../../mirror/node-agent/hosts-toml.sh"
. "$here/../../../mirror/node-agent/damage.sh"
. "$here/../../../mirror/node-agent/publish.sh"
. "$here/facts.sh"
. "$here/toml.sh"
. "$here/configuration.sh"
. "$here/registries.sh"
. "$here/environment.sh"

# listeners: local addresses, as the kernel writes them, at which the node itself listens on the entry's port.
listeners() {
  local table port address state
  printf -v port %04X "$PROBE_PORT"
  for table in "$PROBE_ROOT"/proc/1/net/{tcp,tcp6}; do
    [[ -r $table ]] || continue
    fact sockets "${table##*/}"
    while read -r _ address _ state _; do
      [[ $state != 0A || $address != *:"$port" ]] || fact listening "${address%:*}"
    done <"$table"
  done
}

find_process
configuration
registries
default_list
environment
listeners
fact inotify "$(</proc/sys/fs/inotify/max_user_instances)"
echo end
