import { PUBLISHED_PATH } from '../../src/mirror/contract/http';
import { ports } from '../../src/mirror/contract/ports';
import { checkEnvironment, nodes } from './environment';
import { type Flooded, flood, putFlood, removeFlood } from './flood';
import { askEntry, processOf, putLoad, removeLoad } from './load';
import { inNode, tryInNode } from './nodes';
import { deleteNamespaces, newNamespace, pullOnce } from './pods';
import { blobPath, openRegistry, type PushedImage, pushNew } from './registry';
import { sleep } from './run';
import { type Installed, install, type MirrorPod, mirrorPodOn, testCluster, uninstall } from './stack';

jest.setTimeout(300_000);

const ENTRY = '127.0.0.1:30020';
/** More than the proxy takes in any of these tests, and a quarter of its limit. */
const MOST_MIB = 350;

describe('floods from the node itself, without a certificate', () => {
  let stack: Installed | undefined;
  let image: PushedImage;
  let pod: MirrorPod;
  const rows: string[] = [];
  const node = () => nodes()[0];

  beforeAll(async () => {
    checkEnvironment();
    await uninstall(undefined);
    stack = await install(testCluster());
    await Promise.all([putLoad(node()), putFlood(node())]);
    image = await pushNew(openRegistry(), 1, 16 * 2 ** 20);
    await pullOnce(await newNamespace('tenant'), node(), image.reference);
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

  test('3,000 silent connections to the entry are all closed, and the node gets its layers meanwhile', async () => {
    const layers = askEntry(node(), image.registry.host, blobPath(image, 0), 'configuration');
    const silent = flood(node(), ENTRY, 3000);
    await sleep(7000);
    const flooded = await silent.end();
    expect(flooded).toMatchObject({ opened: 3000, closed: 3000, open: 0 });
    const figures = await layers.end();
    expect(figures.ok).toBeGreaterThan(20);
    expect(figures.refused).toBe(0);
    await unharmed('entry', { ...flooded, ...figures });
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
