import { environment } from './environment';
import { get } from './kubectl';
import { attempt, type Outcome, run } from './run';

/** Runs a command in a node, as root. */
export function inNode(node: string, ...command: string[]): Promise<string> {
  return run([environment('CLUSTER_NODE_EXEC'), node, ...command]);
}

/** Runs a command in a node that may fail. */
export function tryInNode(node: string, ...command: string[]): Promise<Outcome> {
  return attempt([environment('CLUSTER_NODE_EXEC'), node, ...command]);
}

/** Names and addresses of all nodes. */
export async function allNodes(): Promise<{ name: string; address: string }[]> {
  const { items } = await get('nodes');
  // biome-ignore lint/suspicious/noExplicitAny: an object of the API
  return items.map((node: any) => ({
    name: node.metadata.name,
    address: node.status.addresses.find((a: { type: string }) => a.type === 'InternalIP').address,
  }));
}

/** Folder of containerd's registry settings on the nodes. */
export const SETTINGS = '/etc/containerd/certs.d';
/** Folder of the node agent's own state on the nodes. */
export const STATE = '/run/secured-mirror';

/** A folder of a node in full: kind, mode, owner, path and link target of each entry, and the sum of each file's content. */
export async function listing(node: string, folder: string): Promise<string> {
  const script = [
    'cd "$1" 2>/dev/null || { echo "no folder"; exit 0; }',
    `find . -printf '%y %m %U:%G %p -> %l\\n' | LC_ALL=C sort`,
    'find . -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum',
  ].join('\n');
  return inNode(node, 'bash', '-c', script, 'listing', folder);
}
