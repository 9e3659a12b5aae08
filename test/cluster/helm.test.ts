import { join } from 'node:path';
import type { SecuredStackProps } from '../../src';
import { stackFile, verdict } from './check-command';
import { faults } from './checks';
import { secureMirror } from './compiled';
import { checkEnvironment, environment } from './environment';
import { apply, get, kubectl } from './kubectl';
import { allNodes, inNode, listing, SETTINGS, STATE } from './nodes';
import { deleteNamespaces, newNamespace } from './pods';
import { openRegistry } from './registry';
import { attempt, run } from './run';
import { secondPull, told } from './second-pull';
import { giveCa, newCa } from './secrets';
import { mirrorPods, NAMESPACE, ready, scratch, testCluster, uninstall } from './stack';

jest.setTimeout(900_000);

const RELEASE = 'mirror';
const CONFIG = ['-n', NAMESPACE, 'configmap', 'mirror-auth-proxy'];
const helm = (...args: string[]) => run([process.env.HELM ?? 'helm', ...args], { timeout: 300_000 });

describe('a chart, installed by Helm', () => {
  let tenant: string;
  let releases: string;
  const before = new Map<string, string>();
  const measured: string[] = [];
  const inReleases = () => ['--namespace', releases];

  /** The chart of the test's stack. */
  async function chart(changes: Partial<SecuredStackProps> = {}): Promise<string> {
    const out = join(scratch(), 'out');
    await run(secureMirror('synth', '--file', stackFile(stack(changes)), '--output', out, '--format', 'helm'));
    return join(out, 'test');
  }

  function stack(changes: Partial<SecuredStackProps>): SecuredStackProps {
    const tokens: SecuredStackProps['tokens'] = [
      {
        organization: 'example',
        registry: environment('CLUSTER_PRIVATE_REGISTRY'),
        pull: [
          {
            purpose: 'app pull',
            repositories: ['example/app'],
            owner: 'team-app',
            bindTo: [{ namespace: tenant, serviceAccounts: ['new', 'theirs'] }],
          },
        ],
      },
    ];
    return testCluster({ tokens, ...changes });
  }

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    for (const { name } of await allNodes()) before.set(name, await listing(name, SETTINGS));
    tenant = await newNamespace('tenant');
    releases = await newNamespace('releases');
  });

  afterAll(async () => {
    await attempt([process.env.HELM ?? 'helm', 'uninstall', RELEASE, ...inReleases()]);
    await uninstall(undefined);
    await deleteNamespaces();
    console.log(measured.join('\n'));
  });

  test('is refused where a ServiceAccount is somebody else’s, unless it may take it over', async () => {
    const metadata = { namespace: tenant, name: 'theirs', labels: { team: 'app' }, annotations: { role: 'reader' } };
    await apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false });
    const made = await chart();
    await expect(helm('install', RELEASE, made, ...inReleases())).rejects.toThrow(/"theirs".*cannot be imported/);
    const notes = await helm('install', RELEASE, made, ...inReleases(), '--take-ownership');
    expect(notes).toContain(`kubectl --namespace ${NAMESPACE} rollout status daemonset/mirror`);
    await giveCa(await newCa());
    await ready();
    const { imagePullSecrets, ...theirs } = await get('-n', tenant, 'serviceaccount', 'theirs');
    expect(theirs).toMatchObject({ metadata: { labels: { team: 'app' } }, automountServiceAccountToken: false });
    expect(theirs.metadata.annotations.role).toBe('reader');
    expect(imagePullSecrets).toHaveLength(1);
  });

  test('serves layers from peers, and the commands find it', async () => {
    const pulls = await secondPull(tenant, openRegistry());
    expect(pulls.second.blobs).toEqual([]);
    measured.push(`peer to peer: ${told(pulls)}`);
    const checks = ['cluster-version', 'other-mirrors'].flatMap((name) => ['--check', name]);
    expect(faults(await verdict('check', '-f', stackFile(stack({})), ...checks))).toEqual([]);
    const status = await verdict('status', '-n', NAMESPACE);
    expect(faults(status)).toEqual([]);
  });

  test('takes a changed key, and a rollback takes it back', async () => {
    const pods = (await mirrorPods()).map(({ uid }) => uid).sort();
    const { data } = await get(...CONFIG);
    await helm('upgrade', RELEASE, await chart({ accessLog: {} }), ...inReleases());
    expect((await get(...CONFIG)).data).not.toEqual(data);
    await helm('rollback', RELEASE, '1', ...inReleases());
    expect((await get(...CONFIG)).data).toEqual(data);
    expect((await mirrorPods()).map(({ uid }) => uid).sort()).toEqual(pods);
  });

  test('leaves nothing but the ServiceAccounts of workloads', async () => {
    const said = await helm('uninstall', RELEASE, ...inReleases(), '--wait');
    expect(said).toMatch(/kept(.|\n)*\[ServiceAccount\] new/);
    await kubectl(['wait', '--for=delete', `namespace/${NAMESPACE}`, '--timeout=300s'], { timeout: 310_000 });
    for (const { name } of await allNodes()) {
      expect(await listing(name, SETTINGS)).toBe(before.get(name));
      expect(await inNode(name, 'bash', '-c', `shopt -s nullglob dotglob; echo ${STATE}/*`)).toBe('\n');
    }
    const own = 'validatingadmissionpolicies,validatingadmissionpolicybindings,clusterroles,clusterrolebindings';
    const left = await kubectl(['get', own, '-l', 'app.kubernetes.io/name=secured-mirror', '-o', 'name']);
    expect(left).toBe('');
    const { items } = await get('-n', tenant, 'serviceaccounts');
    const names = items.map(({ metadata }: { metadata: { name: string } }) => metadata.name);
    expect(names.sort()).toEqual(['default', 'new', 'theirs']);
  });
});
