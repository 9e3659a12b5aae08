import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { SecuredStackProps } from '../../src';
import { synthApp } from './compiled';
import { diagnosed } from './diagnosis';
import { environment } from './environment';
import { apply, get, kubectl, NAMESPACE } from './kubectl';
import { eventually, run } from './run';
import { giveCa, newCa } from './secrets';

export { NAMESPACE };

const ROOT = join(__dirname, '..', '..');

const scratched: string[] = [];
afterAll(() => {
  for (const folder of scratched.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that a test's files are in, until all tests of the file are over. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cluster-stack-'));
  scratched.push(folder);
  return folder;
}

/** Turns a stack file into manifests, by the app that `npm run synth` runs. Gives the folder of each cluster. */
export async function synth(stackFile: string, out = join(scratch(), 'out')): Promise<string[]> {
  await run(synthApp(), { cwd: ROOT, env: { STACK: stackFile, CDK8S_OUTDIR: out } });
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

/** The objects in a folder of manifests. */
// biome-ignore lint/suspicious/noExplicitAny: objects of the API, of every kind
function objectsIn(folder: string): any[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
    .map((document) => document.toJS())
    .filter((object) => object !== null);
}

/** Those of a kind. */
// biome-ignore lint/suspicious/noExplicitAny: objects of the API, of every kind
export function manifestsOfKind(folder: string, kind: string): any[] {
  return objectsIn(folder).filter((object) => object.kind === kind);
}

/** Turns stacks that one cluster moves between into manifests. Gives the folder of each, in their order. */
export function synthAll(stacks: SecuredStackProps[]): Promise<string[]> {
  return Promise.all(
    stacks.map(async (cluster) => {
      const folder = scratch();
      writeFileSync(join(folder, 'stack.yaml'), stringify({ clusters: [cluster] }));
      const [manifests = ''] = await synth(join(folder, 'stack.yaml'), join(folder, 'out'));
      return manifests;
    }),
  );
}

/**
 * Installs a stack as a user does, and waits until every node has a mirror that its containerd uses: all manifests, and then a CA. The
 * mirror's pods are started again and again, at longer and longer intervals, until their certificates are there.
 */
export async function installAsUser(cluster: SecuredStackProps): Promise<Installed> {
  const [manifests = ''] = await synthAll([cluster]);
  await applyManifests(manifests);
  await giveCa(await newCa());
  await ready();
  return { manifests };
}

/**
 * Installs a stack, and waits until every node has a mirror that its containerd uses.
 *
 * @param cluster the stack
 * @param giveSecrets makes the Secrets that are the user's: a CA unless it says otherwise
 */
export async function install(
  cluster: SecuredStackProps,
  giveSecrets: () => Promise<unknown> = async () => giveCa(await newCa()),
): Promise<Installed> {
  const [manifests = ''] = await synthAll([cluster]);
  return installManifests(manifests, giveSecrets);
}

/** Installs what was made of a stack: the DaemonSet once the certificates are there, so that each pod starts once. */
export async function installManifests(
  manifests: string,
  giveSecrets: () => Promise<unknown>,
  ...options: string[]
): Promise<Installed> {
  const before = scratch();
  const objects = objectsIn(manifests).filter(({ kind }) => kind !== 'DaemonSet');
  writeFileSync(join(before, 'before.json'), JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
  await applyManifests(before, ...options);
  await giveSecrets();
  await certificatesReady(objects.filter(({ kind }) => kind === 'Certificate').length);
  await applyManifests(manifests, ...options);
  await ready();
  return { manifests };
}

/** Waits until this many certificates of the mirror are signed. */
export async function certificatesReady(count: number): Promise<void> {
  if (count === 0) return;
  await diagnosed(NAMESPACE, () =>
    eventually(`${count} certificates`, 60, async () => {
      const { items } = await get('-n', NAMESPACE, 'certificates');
      // biome-ignore lint/suspicious/noExplicitAny: objects of the API
      const isReady = ({ status }: any) =>
        status?.conditions?.some((c: { type: string; status: string }) => c.type === 'Ready' && c.status === 'True');
      return items.length >= count && items.every(isReady);
    }),
  );
}

/** Waits until the DaemonSet is ready on all nodes. */
export async function ready(): Promise<void> {
  await diagnosed(NAMESPACE, () =>
    kubectl(['-n', NAMESPACE, 'rollout', 'status', 'daemonset/mirror', '--timeout=600s'], { timeout: 610_000 }),
  );
}

/** Deletes a stack as a user does, and waits until it is gone. */
export async function uninstall(stack: Installed | undefined): Promise<void> {
  if (stack === undefined) {
    await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found']);
    return;
  }
  await diagnosed(NAMESPACE, () =>
    kubectl(['delete', '-f', join(stack.manifests, 'mirror.k8s.yaml'), '--ignore-not-found', '--timeout=600s'], {
      timeout: 610_000,
    }),
  );
}

/** A pod of the mirror. */
export interface MirrorPod {
  readonly name: string;
  readonly node: string;
  readonly ip: string;
  readonly uid: string;
  /** How often each container was restarted. */
  readonly restarts: { readonly [container: string]: number };
}

/** The mirror's pods that are not on their way out, by node. */
export async function mirrorPods(): Promise<MirrorPod[]> {
  const { items } = await get('-n', NAMESPACE, 'pods', '-l', 'app.kubernetes.io/component=mirror');
  return (
    items
      // biome-ignore lint/suspicious/noExplicitAny: an object of the API
      .filter((pod: any) => pod.metadata.deletionTimestamp === undefined)
      // biome-ignore lint/suspicious/noExplicitAny: an object of the API
      .map((pod: any) => ({
        name: pod.metadata.name,
        node: pod.spec.nodeName,
        ip: pod.status.podIP,
        uid: pod.metadata.uid,
        restarts: Object.fromEntries(
          [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])].map(
            ({ name, restartCount }) => [name, restartCount],
          ),
        ),
      }))
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
