import { checkEnvironment, environment, nodes } from './environment';
import { get } from './kubectl';
import { inNode, SETTINGS } from './nodes';
import { deleteNamespaces, newNamespace, startToolbox } from './pods';
import { openRegistry } from './registry';
import { secondPull, told } from './second-pull';
import { type Installed, install, NAMESPACE, testCluster, uninstall } from './stack';
import { ask, inPod, pathsOf, urls } from './strangers';

jest.setTimeout(420_000);

describe('an entry with a fixed ClusterIP', () => {
  let stack: Installed | undefined;

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    stack = await install(testCluster({ entry: { clusterIp: { address: environment('CLUSTER_FREE_IP') } } }));
  });

  afterAll(async () => {
    await Promise.all([uninstall(stack), deleteNamespaces()]);
  });

  test('a second node gets every blob from the first, no node has a port open, and strangers get nothing', async () => {
    const file = `${SETTINGS}/${environment('CLUSTER_REGISTRY')}/hosts.toml`;
    const settings = await inNode(nodes()[1], 'cat', file);
    expect(settings).toContain(`[host."https://${environment('CLUSTER_FREE_IP')}:`);
    expect(settings).toContain('dial_timeout = ');
    const { items } = await get('-n', NAMESPACE, 'pods');
    expect(JSON.stringify(items)).not.toContain('hostPort');

    const tenant = await newNamespace('tenant');
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
});
