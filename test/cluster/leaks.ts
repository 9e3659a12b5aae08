import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { environment } from './environment';
import { get, kubectl, NAMESPACE } from './kubectl';
import { processOf } from './load';
import { inNode } from './nodes';
import { run } from './run';
import type { MirrorPod } from './stack';

/** The forms in which a password could be met. */
export function formsOf(password: string, user?: string): string[] {
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  const sha1 = createHash('sha1').update(password).digest('base64');
  // Its random part has no characters that JSON or a shell writes otherwise.
  const raw = password.slice(0, 20);
  return [raw, encoded(password), sha1, ...(user ? [encoded(`${user}:${password}`)] : [])];
}

/** The lines of a key in PEM. */
export function linesOf(pem: string): string[] {
  return pem.split('\n').filter((line) => /^[A-Za-z0-9+/=]{20,}$/.test(line));
}

/** Which of the secrets a text holds, as it is or in base64. */
export function heldIn(text: string, secrets: string[]): string[] {
  const runs = [...text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g)].map(([found]) =>
    Buffer.from(found, 'base64').toString('latin1'),
  );
  const all = [text, ...runs].join('\n');
  return secrets.filter((secret) => all.includes(secret));
}

/** Processes of a node whose arguments or environment hold a secret. The secrets are read, so that this one is not among them. */
export async function processesWith(node: string, secrets: string[]): Promise<string[]> {
  return grep(node, secrets, 'grep -alF -f - /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null');
}

/** Starts a process with a secret in its environment: what the search must find. */
export async function startCareless(node: string, secret: string): Promise<void> {
  const script = 'read -r line; LINE=$line setsid sleep 20 </dev/null >/dev/null 2>&1 &';
  await run([environment('CLUSTER_NODE_EXEC'), node, 'bash', '-c', script], { input: `${secret}\n` });
}

/** Files of a node that hold a secret, and that a user who is not root can read. */
export async function readableFilesWith(node: string, secrets: string[]): Promise<string[]> {
  const nobody = 'setpriv --reuid=65534 --regid=65534 --clear-groups';
  return grep(node, secrets, `${nobody} grep -rlsF -D skip -f - /etc /run /var /tmp /opt`);
}

async function grep(node: string, secrets: string[], command: string): Promise<string[]> {
  const out = await run([environment('CLUSTER_NODE_EXEC'), node, 'bash', '-c', `${command} || true`], {
    input: `${secrets.join('\n')}\n`,
  });
  return out.split('\n').filter((line) => line !== '');
}

/** Asks the administration interface of a mirror's proxy, from the node, as root. */
export async function askAdmin(mirror: MirrorPod, path: string, method: 'GET' | 'POST' = 'GET'): Promise<string> {
  const socket = `/proc/${await processOf(mirror, 'envoy')}/root/run/envoy/admin.sock`;
  return inNode(mirror.node, 'curl', '-sSf', '-X', method, '--unix-socket', socket, `http://admin${path}`);
}

/** Logs of all containers of the mirror, also of those that ended. */
export async function logs(pods: MirrorPod[]): Promise<string> {
  const texts = await Promise.all(
    pods.map(({ name }) => kubectl(['-n', NAMESPACE, 'logs', name, '--all-containers', '--prefix'])),
  );
  return texts.join('\n');
}

/** Every object of the API of every namespace, but for the Secrets that secrets are kept in. */
export async function objectsBut(names: string[]): Promise<string> {
  const kinds = await kubectl(['api-resources', '--verbs=list', '--namespaced', '-o', 'name']);
  const wanted = kinds
    .trim()
    .split('\n')
    .filter((kind) => !kind.endsWith('metrics.k8s.io'));
  const { items } = await get('--all-namespaces', wanted.join(','));
  // biome-ignore lint/suspicious/noExplicitAny: an object of the API
  const kept = items.filter(({ kind, metadata }: any) => {
    const itsPlace = kind === 'Secret' && metadata.namespace === NAMESPACE && names.includes(metadata.name);
    return !itsPlace;
  });
  return JSON.stringify(kept);
}

/** The logs of the nodes' containerd, where the tests can read them: empty otherwise. */
export function containerdLogs(): string {
  const files = (process.env.CLUSTER_CONTAINERD_LOGS ?? '').split(',').filter((file) => file !== '');
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}
