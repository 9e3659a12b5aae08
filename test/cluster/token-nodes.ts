import { environment } from './environment';
import { allNodes, inNode, SETTINGS } from './nodes';
import { run } from './run';

/** Names of Docker Hub for which nodes may have settings. */
const NAMES = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];
/** Where a node's own settings are meanwhile, and the CA: beside hosts.toml the node agent takes it for settings of older containerd's. */
const SAVED = '/etc/containerd/cluster-test-saved';

const PUT_BACK = `
  for mark in "$1"/*.there "$1"/*.none; do
    [ -e "$mark" ] || continue
    name=$(basename "$mark"); name=\${name%.*}
    rm -rf "$2/$name"
    case $mark in *.there) mv "$1/$name" "$2/$name" ;; esac
    rm "$mark"
  done
  rm -rf "$1"`;

const TAKE = `
  set -e
  saved=$1 settings=$2 server=$3; shift 3
  mkdir -p "$saved"
  cat >"$saved/ca.crt"
  for name; do
    if [ -e "$settings/$name" ]; then mv "$settings/$name" "$saved/$name"; touch "$saved/$name.there"; else touch "$saved/$name.none"; fi
    mkdir "$settings/$name"
    printf 'server = "https://%s"\\nca = "%s"\\n' "$server" "$saved/ca.crt" >"$settings/$name/hosts.toml"
  done`;

/**
 * Leads the containerd of all nodes to a registry for Docker Hub's images.
 *
 * @param server the registry, with its port
 * @param ca the CA of its certificate, in PEM
 */
export async function leadNodes(server: string, ca: string): Promise<void> {
  await leadBack(); // where a run before this one was killed
  for (const { name } of await allNodes()) {
    const take = ['bash', '-c', TAKE, 'take', SAVED, SETTINGS, server, ...NAMES];
    await run([environment('CLUSTER_NODE_EXEC'), name, ...take], { input: ca });
  }
}

/** Gives all nodes their own settings back. */
export async function leadBack(): Promise<void> {
  for (const { name } of await allNodes()) {
    await inNode(name, 'bash', '-c', PUT_BACK, 'put-back', SAVED, SETTINGS);
  }
}
