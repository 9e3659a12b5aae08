import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { SecuredStackProps } from '../../src';
import { environment } from './environment';
import { apply, diagnosed, get, kubectl } from './kubectl';
import { eventually, run } from './run';

/** Namespace of the mirror. */
export const NAMESPACE = 'secured-mirror';
const ROOT = join(__dirname, '..', '..');

/** A folder that a test's files are in. */
export function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'cluster-stack-'));
}

/** Turns a stack file into manifests, as a user does. Gives the folder of each cluster. */
export async function synth(stackFile: string, out = scratch()): Promise<string[]> {
  await run(['npm', 'run', '--silent', 'synth', '--', '--output', out], { cwd: ROOT, env: { STACK: stackFile } });
  const folders = readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  if (folders.length === 0) {
    throw new Error(`${stackFile} gave no folder with manifests`);
  }
  return folders.map((entry) => join(out, entry.name));
}

/** The cluster of a test's stack file. */
export function testCluster(changes: Partial<SecuredStackProps> = {}): SecuredStackProps {
  return {
    name: 'test',
    // The last has no settings of its own on the nodes.
    registries: [
      environment('CLUSTER_REGISTRY'),
      environment('CLUSTER_PRIVATE_REGISTRY'),
      'without-settings.example.com',
    ],
    authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
    ...changes,
  };
}

/** A stack that was applied. */
export interface Installed {
  /** Folder with its manifests. */
  readonly manifests: string;
}

/** Applies manifests as they are. A warning of the server is a failure. */
export function applyManifests(folder: string, ...options: string[]): Promise<string> {
  const strict = ['--server-side', '--validate=strict', '--warnings-as-errors'];
  return kubectl(['apply', ...strict, ...options, '-R', '-f', folder]);
}

/** The objects of a kind in a folder of manifests. */
// biome-ignore lint/suspicious/noExplicitAny: objects of the API, of every kind
export function manifestsOfKind(folder: string, kind: string): any[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
    .map((document) => document.toJS())
    .filter((object) => object?.kind === kind);
}

/** Installs a stack as a user does, and waits until every node has a mirror that its containerd uses. */
export async function install(cluster: SecuredStackProps): Promise<Installed> {
  const folder = scratch();
  writeFileSync(join(folder, 'stack.yaml'), stringify({ clusters: [cluster] }));
  const [manifests = ''] = await synth(join(folder, 'stack.yaml'), join(folder, 'out'));
  await applyManifests(manifests);
  await createCa(folder);
  await ready();
  return { manifests };
}

/** Makes a CA and gives it to the cluster. */
async function createCa(folder: string): Promise<void> {
  const [key, certificate] = [join(folder, 'ca.key'), join(folder, 'ca.crt')];
  const subject = ['-subj', '/CN=mirror test CA', '-days', '2'];
  const algorithm = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  await run(['openssl', 'req', '-x509', ...algorithm, ...subject, '-keyout', key, '-out', certificate]);
  await kubectl(['-n', NAMESPACE, 'create', 'secret', 'tls', 'mirror-ca', `--cert=${certificate}`, `--key=${key}`]);
  rmSync(key);
}

/** Waits until the DaemonSet is ready on all nodes. */
export async function ready(): Promise<void> {
  await diagnosed(NAMESPACE, () =>
    kubectl(['-n', NAMESPACE, 'rollout', 'status', 'daemonset/mirror', '--timeout=240s'], { timeout: 250_000 }),
  );
}

/** Deletes a stack as a user does, and waits until it is gone. */
export async function uninstall(stack: Installed | undefined): Promise<void> {
  if (stack === undefined) {
    await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found']);
    return;
  }
  await diagnosed(NAMESPACE, () =>
    kubectl(['delete', '-R', '-f', stack.manifests, '--ignore-not-found', '--timeout=180s'], { timeout: 190_000 }),
  );
}

/** A pod of the mirror. */
export interface MirrorPod {
  readonly name: string;
  readonly node: string;
  readonly ip: string;
}

/** The mirror's pods that are not on their way out, by node. */
export async function mirrorPods(): Promise<MirrorPod[]> {
  const { items } = await get('-n', NAMESPACE, 'pods', '-l', 'app.kubernetes.io/component=mirror');
  return (
    items
      // biome-ignore lint/suspicious/noExplicitAny: an object of the API
      .filter((pod: any) => pod.metadata.deletionTimestamp === undefined)
      // biome-ignore lint/suspicious/noExplicitAny: an object of the API
      .map((pod: any) => ({ name: pod.metadata.name, node: pod.spec.nodeName, ip: pod.status.podIP }))
  );
}

/** The mirror's pod of a node. */
export async function mirrorPodOn(node: string): Promise<MirrorPod> {
  return eventually(`a mirror on ${node}`, 30, async () => (await mirrorPods()).find((pod) => pod.node === node));
}

/** Copies a Secret of the mirror to another namespace. */
export async function copySecret(name: string, namespace: string): Promise<void> {
  const { data, type } = await get('-n', NAMESPACE, 'secret', name);
  await apply({ apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name }, type, data });
}
