import { randomBytes } from 'node:crypto';
import { PUBLISHED_PATH } from '../../src/mirror/contract/http';
import { ports } from '../../src/mirror/contract/ports';
import { checkEnvironment, nodes } from './environment';
import { type Flooded, flood, putFlood, removeFlood } from './flood';
import { askForLayer } from './forger';
import { askEntry, processOf, putLoad, removeLoad } from './load';
import { scrape, scraperNamespace, servedBySpegel, startScraper, total } from './metrics';
import { inNode, tryInNode } from './nodes';
import { proxyCounters } from './passage';
import { deleteNamespaces, newNamespace, pull, pullOnce, type Toolbox } from './pods';
import { blobPath, openRegistry, type PushedImage, pushNew, watch } from './registry';
import { eventually, sleep } from './run';
import { type Installed, install, type MirrorPod, mirrorPodOn, mirrorPods, testCluster, uninstall } from './stack';

const ENTRY = '127.0.0.1:30020';
/** More than the proxy takes in any of these tests, and a quarter of its limit. */
const MOST_MIB = 350;

/** What the proxies count when a limit refuses a connection or a request. */
const REFUSALS = /_(overflow|overload_reject|overload_close)\{/;

/** What a proxy asked of peers for its node. */
const REQUESTS = 'cluster.peer-registry.upstream_rq_total';

describe('limits against floods', () => {
  let stack: Installed | undefined;
  let scraper: Toolbox;
  let tenant: string;
  let image: PushedImage;
  let pod: MirrorPod;
  const rows: string[] = [];
  const node = () => nodes()[0];

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    const namespace = await scraperNamespace();
    stack = await install(testCluster({ metrics: { from: [{ namespace }] } }));
    scraper = await startScraper(namespace, node());
    await Promise.all([putLoad(node()), putFlood(node())]);
    image = await pushNew(openRegistry(), 1, 16 * 2 ** 20);
    tenant = await newNamespace('tenant');
    await pullOnce(tenant, node(), image.reference);
    pod = await mirrorPodOn(node());
  });

  afterAll(async () => {
    await Promise.all([removeLoad(node()), removeFlood(node()), uninstall(stack), deleteNamespaces()]);
    console.log(rows.join('\n'));
  });

  /** MiB that the proxy holds, with the pages of its program. */
  async function memory(): Promise<number> {
    const status = await inNode(node(), 'cat', `/proc/${await processOf(pod, 'envoy')}/status`);
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  }

  async function unharmed(what: string, flooded: object): Promise<void> {
    const held = await memory();
    rows.push(`${what}: ${Math.round(held)} MiB, ${JSON.stringify(flooded)}`);
    expect(held).toBeLessThan(MOST_MIB);
    expect(await mirrorPodOn(node())).toEqual(pod);
  }

  /** How often a limit refused something, on all nodes. */
  async function refusals(): Promise<number> {
    const pods = await mirrorPods();
    const all = await Promise.all(pods.map(({ ip }) => scrape(scraper, ip)));
    const counters = all.flatMap((metrics) => [...metrics].filter(([name]) => REFUSALS.test(name)));
    expect(counters.length).toBeGreaterThan(pods.length);
    return counters.reduce((sum, [, value]) => sum + value, 0);
  }

  test('a rollout of 30 pods, all at once, is refused nothing', async () => {
    const rollout = await pushNew(openRegistry(), 8, 2 ** 20);
    const namespace = await newNamespace('rollout');
    await pullOnce(namespace, node(), rollout.reference);
    const before = await refusals();
    const on = (i: number) => nodes()[i % nodes().length] as string;
    const pods = Array.from({ length: 30 }, (_, i) => pullOnce(namespace, on(i), rollout.reference, { seconds: 180 }));
    expect(await Promise.all(pods)).toHaveLength(30);
    expect((await refusals()) - before).toBe(0);
  });

  test('3,000 silent connections to the entry are all closed, and the node gets its layers and images meanwhile', async () => {
    const images = await Promise.all(Array.from({ length: 3 }, () => pushNew(openRegistry(), 1, 2 ** 20)));
    await Promise.all(images.map(({ reference }) => pullOnce(tenant, nodes()[1], reference)));
    const origin = images.map(watch);
    const layers = askEntry(node(), image.registry.host, blobPath(image, 0), 'configuration');
    const silent = flood(node(), ENTRY, 3000);
    const pulls = await Promise.all(images.map(({ reference }) => pull(tenant, node(), reference)));
    await sleep(7000);
    const [flooded, figures] = await Promise.all([silent.end(), layers.end()]);
    expect(pulls).toEqual(images.map(() => expect.objectContaining({ succeeded: true, failures: [] })));
    expect(flooded).toMatchObject({ opened: 3000, closed: 3000, open: 0 });
    expect(figures.ok).toBeGreaterThan(20);
    expect(figures.refused).toBe(0);
    const blobs = (await Promise.all(origin.map((requests) => requests()))).flatMap((requests) => requests.blobs);
    await unharmed('entry', { ...flooded, ...figures, pulls: images.length, blobsFromOrigin: blobs.length });
  });

  test('who floods with requests without a certificate gets no byte of an image, and no Spegel hears of them', async () => {
    const before = await servedBySpegel(scraper, await mirrorPods());
    // At the listener for peers, fewer than a source may have.
    const floods = [ENTRY, ENTRY, `${pod.ip}:${ports.listeners.peers}`].map((address, i) => {
      const secure = i > 0 ? ['-tls'] : [];
      return flood(node(), address, 50, '-say', 'requests', '-path', blobPath(image, 1), '-again', ...secure);
    });
    await sleep(3000);
    const flooded = await Promise.all(floods.map((one) => one.end()));
    for (const one of flooded) {
      expect(one.opened).toBeGreaterThan(50);
      expect(one).toMatchObject({ answers: 0, bytes: 0 });
    }
    expect(await servedBySpegel(scraper, await mirrorPods())).toBe(before);
    await unharmed('without a certificate', flooded);
  });

  test('a peer that asks a node for what it lacks makes it ask nobody else', async () => {
    const [holder, lacking] = nodes();
    const asked = await mirrorPodOn(lacking);
    const left = async () => ({
      searches: total(await scrape(scraper, asked.ip), 'spegel_mirror_requests_total'),
      requests: (await proxyCounters(asked, REQUESTS))(REQUESTS),
    });
    // A layer that the other node has, and some that nobody has.
    const nobodys = Array.from({ length: 20 }, () =>
      image.blobs.map(() => `sha256:${randomBytes(32).toString('hex')}`),
    );
    const paths = [image, ...nobodys.map((blobs) => ({ ...image, blobs }))].map((one) => blobPath(one, 1));
    const urls = paths.flatMap((path) => ['-o', '/dev/null', `https://${asked.ip}:${ports.listeners.peers}${path}`]);
    const key = `/proc/${await processOf(asked, 'envoy')}/root/etc/secured-mirror/tls-peer/..data/tls`;
    const before = await left();
    const curl = ['curl', '-sSk', '-m', '60', '--cert', `${key}.crt`, '--key', `${key}.key`, '-w', '%{http_code} '];
    const statuses = (await inNode(lacking, ...curl, ...urls)).trim().split(' ');
    expect(statuses).toEqual(paths.map(() => '404'));
    expect(await left()).toEqual(before);
    rows.push(`fan-out: ${statuses.length} requests of a peer, none went on`);
    // Its own containerd is helped.
    await eventually(`the layer of ${holder}`, 20, async () => (await askForLayer(lacking, paths[0] ?? '')) === 200);
    const after = await left();
    expect(after.searches).toBeGreaterThan(before.searches);
    expect(after.requests).toBeGreaterThan(before.requests);
  });

  test('who floods the health port starves no probe, and the proxy is not restarted', async () => {
    const health = `${pod.ip}:${ports.listeners.health}`;
    const flooding = flood(node(), health, 6000, '-say', 'requests', '-again', '-patience', '500ms');
    const probes: boolean[] = [];
    for (let i = 0; i < 4; i++) {
      await sleep(1500);
      const probe = await tryInNode(
        node(),
        'curl',
        '-sf',
        '-m',
        '5',
        '-o',
        '/dev/null',
        `http://${health}${PUBLISHED_PATH}`,
      );
      probes.push(probe.code === 0);
    }
    const flooded: Flooded = await flooding.end();
    expect(flooded.refused).toBeGreaterThan(0);
    expect(probes.filter(Boolean).length).toBeGreaterThan(probes.length / 2);
    await unharmed('health', { ...flooded, probes });
  });

  test('200 readers with a certificate that stand still cost what the proxy can bear', async () => {
    const path = blobPath(image, 1);
    const readers = askEntry(node(), image.registry.host, path, 'layer', '-slow', '1000', '-readers', '200');
    await sleep(10_000);
    await unharmed('readers', {});
    const figures = await readers.end();
    rows.push(`readers: ${JSON.stringify(figures)}`);
    expect(figures).toMatchObject({ refused: 0, firstRefusals: [] });
    expect(figures.ok).toBeGreaterThan(100);
  });
});
