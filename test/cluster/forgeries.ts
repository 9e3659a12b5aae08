import { nodes } from './environment';
import { askForLayer, askInAllWays, asSpegel, contentType, forgedConfiguration, forgedManifest } from './forger';
import { ACCEPT } from './load';
import { pullOnce } from './pods';
import { blobPath, openRegistry, type PushedImage, pushNew } from './registry';
import { Rogue } from './rogue';
import { copySecret, type MirrorPod, mirrorPodOn } from './stack';

/** Headers by which a client would name an address, if the proxy read any: Envoy's own, and names that look like ours. */
const NAMES = ['x-envoy-original-dst-host', 'x-forwarded-host', 'x-mirror-peer', 'secured-mirror', 'address'];
const SPELLINGS = [
  (name: string) => name,
  (name: string) => name.toUpperCase(),
  (name: string) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()),
  (name: string) => name.replace(/[a-z]/g, (letter, i) => (i % 2 ? letter.toUpperCase() : letter)),
  (name: string) => name.replaceAll('-', '_'),
];

/**
 * Tests that nobody leads a node's requests for layers to an address: not by a forged marker, which is the content type by which the proxy
 * tells itself where a layer is, and not by headers. A rogue counts connections there.
 *
 * @param tenant namespace of who means harm
 * @param note notes what came out
 */
export function forgeryTests(tenant: () => string, note: (text: string) => void): void {
  const [first, second] = nodes();
  let rogue: Rogue;
  let mirrors: [MirrorPod, MirrorPod];
  let held: PushedImage;

  beforeAll(async () => {
    mirrors = [await mirrorPodOn(first), await mirrorPodOn(second)];
    rogue = await Rogue.start(tenant(), second);
    held = await pushNew(openRegistry(), 1);
    await pullOnce(tenant(), first, held.reference);
  });

  /** A marker as a mirror's own proxy makes them, but with the rogue's address. */
  const forged = async (asker: MirrorPod): Promise<string> => {
    const { ip } = mirrors.find((one) => one !== asker) as MirrorPod;
    const marker = await contentType(asker, ip, blobPath(held, 1));
    expect(marker).toContain(`;${ip}:`);
    return marker.replace(ip, rogue.ip);
  };
  const expectNoConnection = async (what: string, statuses: number[]) => {
    expect(await rogue.heard()).toEqual([]);
    note(`${what}: answers ${[...new Set(statuses)].sort().join(', ')}, no connection`);
  };

  test('a rogue hears who dials it, so these tests can fail', async () => {
    expect((await rogue.lure(mirrors[1])).length).toBeGreaterThan(0);
    await rogue.forget();
  });

  test('by a forged marker in content of the node itself', async () => {
    const marker = await forged(mirrors[0]);
    const path = await forgedConfiguration(tenant(), first, marker);
    // Spegel believes what it reads.
    expect(await asSpegel(mirrors[0], `http://127.0.0.1:5000${path}`)).toContain(marker);
    const statuses = await askInAllWays(first, path);
    expect(statuses.filter((status) => status !== 200 && status !== 206)).toEqual([]);
    await expectNoConnection('a marker in content of the node', statuses);
  });

  test("by a forged marker in a peer's content", async () => {
    const marker = await forged(mirrors[1]);
    const path = await forgedConfiguration(tenant(), first, marker);
    expect(await asSpegel(mirrors[0], `http://127.0.0.1:5000${path}`)).toContain(marker);
    expect(await contentType(mirrors[1], mirrors[0].ip, path)).toBe(marker.replace(rogue.ip, mirrors[0].ip));
    await expectNoConnection("a marker in a peer's content", await askInAllWays(second, path));
  });

  test('by the answer of a peer that means harm', async () => {
    const marker = await forged(mirrors[1]);
    await copySecret('mirror-peer', tenant());
    const peer = await Rogue.peer(tenant(), first, 'mirror-peer', marker);
    await peer.forget();
    expect(await contentType(mirrors[1], peer.ip, blobPath(held, 1))).toBe(marker.replace(rogue.ip, peer.ip));
    expect((await peer.heard()).map(({ text }) => text.split(' ')[0])).toEqual(['HEAD']);
    await expectNoConnection('the answer of a peer that means harm', []);
  });

  test('by a forged marker in a manifest, asked for by tag, by digest and as a blob', async () => {
    const statuses: number[] = [];
    for (const mirror of mirrors) {
      for (const path of await forgedManifest(first, await forged(mirror))) {
        statuses.push(...(await askInAllWays(mirror.node, path)));
      }
    }
    expect(statuses).toContain(200);
    await expectNoConnection('a marker in a manifest', statuses);
  });

  test('by a header, in every case and spelling', async () => {
    const marker = await forged(mirrors[1]);
    const names = [...new Set(NAMES.flatMap((name) => SPELLINGS.map((spell) => spell(name))))];
    const headers = names.flatMap((name) => [
      ['-H', `${name}: ${rogue.ip}:5443`],
      ['-H', `${name}: ${marker}`, '-H', `Connection: ${name}`],
    ]);
    headers.push(['-H', `Content-Type: ${marker}`], ['-H', `Accept: ${marker}, ${ACCEPT.layer}`]);
    const statuses = await Promise.all(headers.map((some) => askForLayer(second, blobPath(held, 1), ...some)));
    expect(statuses).toContain(200);
    await expectNoConnection(`${names.length} headers with an address`, statuses);
  });

  test('by a request for content of another registry', async () => {
    const statuses: number[] = [];
    for (const registry of ['docker.io', rogue.ip, `${rogue.ip}:5443`, 'without-settings.example.com']) {
      statuses.push(...(await askInAllWays(second, blobPath(held, 1).replace(/ns=.*/, `ns=${registry}`))));
    }
    await expectNoConnection('content of other registries', statuses);
  });
}
