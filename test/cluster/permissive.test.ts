import { Authentication } from '../../src';
import { checkEnvironment, nodes } from './environment';
import { total } from './metrics';
import { allNodes } from './nodes';
import { deleteNamespaces, newNamespace, pullOnce, startToolbox, type Toolbox } from './pods';
import { openRegistry, type PushedImage, pushNew } from './registry';
import { eventually } from './run';
import { secondPull, told } from './second-pull';
import { report } from './spread';
import { applyManifests, type Installed, install, mirrorPodOn, ready, synthAll, testCluster, uninstall } from './stack';
import { pathsOf } from './strangers';

jest.setTimeout(900_000);

const mutualTls = { issuer: { caSecret: 'mirror-ca' } };

describe('in place of a plain Spegel', () => {
  let stack: Installed | undefined;
  let tenant: Toolbox;
  let image: PushedImage;

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    stack = await install(testCluster({ authentication: Authentication.permissive(mutualTls) }));
    const namespace = await newNamespace('permissive');
    tenant = await startToolbox(namespace, 'tenant', nodes()[1]);
    image = await pushNew(openRegistry());
    await pullOnce(namespace, nodes()[0], image.reference);
  });

  afterAll(async () => {
    await Promise.all([uninstall(stack), deleteNamespaces()]);
  });

  /** 000 when there is no answer. */
  const statusOf = (url: string, header = 'x-from: tenant') =>
    tenant.shell(`curl -s -m 5 -o /dev/null -w '%{http_code}' -H '${header}' '${url}' || true`);
  const counted = async (listener: string) => {
    const labels = [`listener="${listener}"`, `source="${tenant.ip}"`];
    return total(
      await report(await mirrorPodOn(nodes()[0])),
      'secured_mirror_unauthenticated_requests_total',
      ...labels,
    );
  };

  it('whoever asked a pod of it before is still served, and counted by source', async () => {
    const { ip } = await mirrorPodOn(nodes()[0]);
    const [blob = ''] = pathsOf(image);
    expect(await statusOf(`http://${ip}:5000${blob}`, 'x-spegel-mirrored: true')).toBe('200');
    expect(await statusOf(`http://${ip}:5443${blob}`)).toBe('200');
    await eventually('both are counted', 30, async () => (await counted('peers')) === 2);
  });

  it('whoever asked at a port of a node reaches the entry, and is counted', async () => {
    const [blob = ''] = pathsOf(image);
    const hosts = await allNodes();
    const { address = '' } = hosts.find(({ name }) => name === nodes()[0]) ?? {};
    // That node has the blob itself and asks peers, who have none: the answer is Spegel's, not a refusal.
    expect(['200', '404']).toContain(await statusOf(`http://${address}:30020${blob}`));
    await eventually('it is counted', 30, async () => {
      const metrics = await report(await mirrorPodOn(nodes()[0]));
      return total(metrics, 'secured_mirror_unauthenticated_requests_total', 'listener="entry"') > 0;
    });
  });

  it('manifests and the router stay shut', async () => {
    const { ip } = await mirrorPodOn(nodes()[0]);
    const [, manifest = ''] = pathsOf(image);
    expect(await statusOf(`http://${ip}:5443${manifest}`)).toBe('404');
    await tenant.install('intruder');
    for (const port of [5001, 5444]) {
      const { joined } = JSON.parse(await tenant.exec('/tmp/intruder', `${ip}:${port}`, image.digest));
      expect(joined).toBe(false);
    }
  });

  it('nodes pull from each other over mutual TLS meanwhile, and are not counted', async () => {
    const pulled = await secondPull(tenant.namespace, openRegistry());
    console.log(`in permissive: ${told(pulled)}`);
    expect(pulled.second.blobs).toEqual([]);
    const metrics = await report(await mirrorPodOn(nodes()[1]));
    expect(total(metrics, 'secured_mirror_unauthenticated_requests_total', 'listener="peers"')).toBe(0);
  });

  it('enforcing shuts it to all of them', async () => {
    const [manifests = ''] = await synthAll([testCluster({ authentication: Authentication.mutualTls(mutualTls) })]);
    await applyManifests(manifests);
    await ready();
    const [blob = ''] = pathsOf(image);
    const { ip } = await mirrorPodOn(nodes()[0]);
    const hosts = await allNodes();
    const urls = [...hosts.map(({ address }) => `${address}:30020`), `${ip}:5000`, `${ip}:5443`];
    for (const url of urls) {
      expect([url, await statusOf(`http://${url}${blob}`)]).toEqual([url, '000']);
    }
  });
});
