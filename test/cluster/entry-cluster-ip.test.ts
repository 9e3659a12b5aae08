import { secureMirror } from './compiled';
import { checkEnvironment, environment, nodes } from './environment';
import { get, kubectl } from './kubectl';
import { inNode, SETTINGS } from './nodes';
import { deleteNamespaces, newNamespace, pullOnce, startToolbox } from './pods';
import { openRegistry, pushNew } from './registry';
import { attempt, eventually } from './run';
import { secondPull, told } from './second-pull';
import { lives } from './spread';
import { type Installed, install, mirrorPodOn, mirrorPods, NAMESPACE, ready, testCluster, uninstall } from './stack';
import { ask, inPod, pathsOf, urls } from './strangers';

jest.setTimeout(900_000);

const LABEL = 'cluster-test/mirror';

describe('an entry with a fixed ClusterIP, on one node and then on two', () => {
  let stack: Installed | undefined;
  let tenant: string;
  /** The first mirror: the same pod, with the same restarts, through all tests. */
  let first: object;

  const select = (node: string) => kubectl(['label', 'node', node, `${LABEL}=yes`, '--overwrite']);
  const deselect = (node: string) => kubectl(['label', 'node', node, `${LABEL}-`]);
  const status = async () => {
    const { code, stdout } = await attempt(secureMirror('status', '--json'));
    return { code, ...JSON.parse(stdout) };
  };
  const waiting = () =>
    `node ${nodes()[0]}: the only mirror, waiting for one on a second node; layers come from the origin`;

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    await select(nodes()[0]);
    const entry = { clusterIp: { address: environment('CLUSTER_FREE_IP') } };
    // Spegel alone never gets ready: that the DaemonSet does is the first test.
    stack = await install(testCluster({ entry, nodeSelector: { [LABEL]: 'yes' } }));
    tenant = await newNamespace('tenant');
  });

  afterAll(async () => {
    await Promise.all([uninstall(stack), deleteNamespaces(), ...nodes().map(deselect)]);
  });

  test('alone it is in use, costs no pull, and says what it waits for', async () => {
    first = await lives();
    expect(Object.values(first)).toEqual([expect.objectContaining({ spegel: 0, proxy: 0, 'node-agent': 0 })]);
    const { name } = await mirrorPodOn(nodes()[0]);
    expect(await kubectl(['-n', NAMESPACE, 'logs', name, '-c', 'node-agent'])).toContain('this is the only mirror');
    expect(await status()).toMatchObject({ code: 0, ok: true, warnings: expect.arrayContaining([waiting()]) });

    const image = await pushNew(openRegistry());
    const { seconds } = await pullOnce(tenant, nodes()[0], image.reference);
    console.log(`on one node alone: ${seconds.toFixed(1)} s`);
  });

  test('then a second node gets every blob from the first, no node has a port open, and strangers get nothing', async () => {
    await select(nodes()[1]);
    await eventually('a second mirror', 30, () => mirrorPodOn(nodes()[1]));
    await ready();
    expect(await lives()).toMatchObject(first);
    expect((await status()).warnings).not.toContain(waiting());

    const file = `${SETTINGS}/${environment('CLUSTER_REGISTRY')}/hosts.toml`;
    const settings = await inNode(nodes()[1], 'cat', file);
    expect(settings).toContain(`[host."https://${environment('CLUSTER_FREE_IP')}:`);
    expect(settings).toContain('dial_timeout = ');
    const { items } = await get('-n', NAMESPACE, 'pods');
    expect(JSON.stringify(items)).not.toContain('hostPort');

    const pulls = await secondPull(tenant, openRegistry());
    expect(pulls.second.blobs).toEqual([]);

    const stranger = await startToolbox(tenant, 'stranger', nodes()[1]);
    const address = environment('CLUSTER_FREE_IP');
    for (const prefix of [inPod(stranger), [environment('CLUSTER_NODE_EXEC'), nodes()[1]]]) {
      const attempts = await ask('stranger', prefix, urls([address], pathsOf(pulls.image)));
      expect(attempts.filter((a) => a.status > 0 || a.bytes > 0)).toEqual([]);
    }
    console.log(`entry with a ClusterIP: ${told(pulls)}`);
  });

  test('and on one node again it goes on', async () => {
    await deselect(nodes()[1]);
    await eventually('one mirror', 60, async () => (await mirrorPods()).length === 1);
    await ready();
    await pullOnce(tenant, nodes()[0], (await pushNew(openRegistry())).reference);
    expect(await lives()).toEqual(first);
    // The pod that ends on the other node counts as not ready until it is gone.
    await eventually('a status without a problem', 30, async () => {
      const { code, problems, couldNotBeAsked } = await status();
      if (code !== 0) throw new Error(JSON.stringify([...problems, ...couldNotBeAsked]));
      return true;
    });
  });
});
