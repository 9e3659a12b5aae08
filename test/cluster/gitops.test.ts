import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SecuredStackProps } from '../../src';
import { applySet, MEMBER, makeApplySet, type Pruned, removeApplySet } from './apply-set';
import { apply, get, kubectl, NAMESPACE } from './kubectl';
import { program } from './programs';
import { run } from './run';
import { manifestsOfKind, synthAll, testCluster } from './stack';

jest.setTimeout(600_000);

const SHOP = 'gitops-shop';
const LABELS = { 'app.kubernetes.io/name': 'shop', team: 'shop' };
const OWNERS = { 'shop.example/contact': 'team-shop' };

/** A stack without pods, whose token some ServiceAccounts pull with. */
function stack(serviceAccounts: string[], changes: Partial<SecuredStackProps> = {}): SecuredStackProps {
  const bindTo = serviceAccounts.length > 0 ? [{ namespace: SHOP, serviceAccounts }] : [];
  const shop = { purpose: 'gitops pull', repositories: ['shop/app'], owner: 'team-shop', bindTo };
  return testCluster({
    nodeSelector: { 'gitops.example/nodes': 'none' },
    tokens: [{ organization: 'shop', pull: [shop] }],
    ...changes,
  });
}

/** ServiceAccounts of the workload, by their names. */
// biome-ignore lint/suspicious/noExplicitAny: objects of the API
async function accounts(): Promise<{ [name: string]: any }> {
  const { items } = await get('-n', SHOP, 'serviceaccounts');
  // biome-ignore lint/suspicious/noExplicitAny: objects of the API
  return Object.fromEntries(items.map((item: any) => [item.metadata.name, item]));
}

/** What the owner of a ServiceAccount wrote, and its identity. */
// biome-ignore lint/suspicious/noExplicitAny: objects of the API
function ofOwner(account: any): unknown {
  const { uid, labels, annotations } = account.metadata;
  const only = (values: object, keys: object) =>
    Object.fromEntries(Object.entries(values).filter(([key]) => key in keys));
  return {
    uid,
    labels: only(labels, LABELS),
    annotations: only(annotations, OWNERS),
    automount: account.automountServiceAccountToken,
  };
}

/**
 * Syncs as Argo CD does with `prune`. It does not run here: this plays what its documentation says of the annotation, that an object with
 * Prune=false is not pruned. The apply set of kubectl, which knows no such annotation, says what left the folder; objects with the
 * annotation leave the set before it prunes.
 */
async function argoSync(folder: string): Promise<Pruned[]> {
  const candidates = await applySet(folder, '--dry-run=server');
  const { items } = await get('-n', SHOP, 'serviceaccounts', '-l', MEMBER);
  for (const { metadata } of items) {
    const isCandidate = candidates.some(({ kind, name }) => kind === 'serviceaccount' && name === metadata.name);
    const options: string = metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? '';
    if (!isCandidate || !options.split(',').includes('Prune=false')) continue;
    const [label = ''] = MEMBER.split('=');
    await kubectl(['-n', metadata.namespace, 'label', 'serviceaccount', metadata.name, `${label}-`]);
  }
  return applySet(folder);
}

let folders: string[] = [];
let mirror = '';
// biome-ignore lint/suspicious/noExplicitAny: objects of the API
let before: { [name: string]: any };

beforeAll(async () => {
  folders = await synthAll([
    stack(['backend', 'worker']),
    stack(['backend'], { network: { policies: false } }),
    stack(['backend'], { network: { policies: false }, serviceAccounts: { apply: false } }),
  ]);
  mirror = readFileSync(join(folders[0] ?? '', 'mirror.k8s.yaml'), 'utf8');
  await makeApplySet();
  await apply(...[SHOP, NAMESPACE].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })));
  for (const name of ['backend', 'worker']) {
    const metadata = { namespace: SHOP, name, labels: LABELS, annotations: OWNERS };
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false };
    // As another tool made it, not by our manager.
    await kubectl(['create', '-f', '-'], { input: JSON.stringify(account) });
  }
  before = await accounts();
});

afterAll(async () => {
  await kubectl(['delete', '--ignore-not-found', '-f', '-'], { input: mirror });
  await kubectl(['delete', 'namespace', SHOP, '--ignore-not-found']);
  await removeApplySet();
});

describe('a sync that prunes', () => {
  it('gives ServiceAccounts their lists, and keeps all that their owner wrote', async () => {
    const [first = ''] = folders;
    expect(await argoSync(first)).toEqual([]);
    const now = await accounts();
    for (const name of ['backend', 'worker']) {
      expect(now[name].imagePullSecrets).toEqual([{ name: 'gitops-pull' }]);
      expect(ofOwner(now[name])).toEqual(ofOwner(before[name]));
    }
  });

  it('takes what left the stack, but no ServiceAccount of a workload whose binding left it', async () => {
    const [, second = ''] = folders;
    const pruned = await argoSync(second);
    expect([...new Set(pruned.map(({ kind }) => kind))]).toEqual(['networkpolicy.networking.k8s.io']);
    const now = await accounts();
    for (const name of ['backend', 'worker']) expect(ofOwner(now[name])).toEqual(ofOwner(before[name]));
    for (const name of ['backend', 'worker']) expect(now[name].imagePullSecrets).toEqual([{ name: 'gitops-pull' }]);
  });

  it('takes none where all are left to their owners from now on', async () => {
    const [, , third = ''] = folders;
    expect(manifestsOfKind(third, 'ServiceAccount').map(({ metadata }) => metadata.name)).toEqual(['mirror']);
    expect(await argoSync(third)).toEqual([]);
    const now = await accounts();
    for (const name of ['backend', 'worker']) expect(ofOwner(now[name])).toEqual(ofOwner(before[name]));
  });

  it('would take them without the annotation, as a plain apply set does', async () => {
    const [first = '', , third = ''] = folders;
    await applySet(first);
    const names = (await applySet(third, '--dry-run=server')).filter(({ kind }) => kind === 'serviceaccount');
    expect(names.map(({ name }) => name).sort()).toEqual(['backend', 'worker']);
  });
});

describe("Flux's substitution", () => {
  it('leaves scripts and configuration in the cluster byte for byte as emitted', async () => {
    const [first = ''] = folders;
    const texts = readdirSync(first)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => readFileSync(join(first, file), 'utf8'));
    const variables = ['registry=planted', 'name=planted', 'path=planted', 'line=planted'];
    const substituted = await run([program('envsubst'), ...variables], { input: texts.join('---\n') });
    const manager = ['--server-side', '--field-manager=kustomize-controller', '--force-conflicts'];
    await kubectl(['apply', ...manager, '-f', '-'], { input: substituted });
    const emitted = manifestsOfKind(first, 'ConfigMap');
    expect(emitted.map(({ metadata }) => metadata.name)).toEqual(
      expect.arrayContaining(['mirror-node-agent', 'mirror-auth-proxy', 'mirror-redirect']),
    );
    for (const { metadata, data } of emitted) {
      const found = await get('-n', metadata.namespace, 'configmap', metadata.name);
      expect(found.data).toEqual(data);
    }
    expect(JSON.stringify(emitted).includes('$' + '{path')).toBe(true);
  });
});
