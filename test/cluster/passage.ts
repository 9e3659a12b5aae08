import { nodes } from './environment';
import { askAdmin } from './leaks';
import { pullOnce } from './pods';
import { bytesOf, openRegistry, type PushedImage, pushNew, watch } from './registry';
import { type MirrorPod, mirrorPodOn } from './stack';

/** Bytes that a mirror's proxy has passed on. */
export interface Passed {
  /** To its node's containerd. */
  readonly entry: number;
  /** From peers. */
  readonly peers: number;
  /** From the Spegel beside it. */
  readonly spegel: number;
  /** To peers. */
  readonly served: number;
}

const COUNTERS: { readonly [key in keyof Passed]: string } = {
  entry: 'http.entry.downstream_cx_tx_bytes_total',
  peers: 'cluster.peer-registry.upstream_cx_rx_bytes_total',
  spegel: 'cluster.spegel.upstream_cx_rx_bytes_total',
  served: 'http.peers.downstream_cx_tx_bytes_total',
};

/** A proxy's counters whose names match a regular expression, as its administration interface tells them: 0 where there is none. */
export async function proxyCounters(mirror: MirrorPod, names: string): Promise<(name: string) => number> {
  const text = await askAdmin(mirror, `/stats?filter=${encodeURIComponent(names)}`);
  const found = new Map(text.split('\n').map((line) => line.split(': ') as [string, string]));
  return (name) => Number(found.get(name) ?? 0);
}

/** What a mirror's proxy has passed on since it started. */
export async function passed(mirror: MirrorPod): Promise<Passed> {
  const names = Object.values(COUNTERS);
  const counter = await proxyCounters(mirror, `^(${names.join('|')})$`);
  return Object.fromEntries(Object.entries(COUNTERS).map(([key, name]) => [key, counter(name)])) as unknown as Passed;
}

/** The difference of two. */
export function grown(before: Passed, after: Passed): Passed {
  return Object.fromEntries(
    Object.entries(after).map(([key, value]) => [key, value - before[key as keyof Passed]]),
  ) as unknown as Passed;
}

/** How an image came to the second node, which the first one had already. */
export interface Passage extends Passed {
  readonly image: PushedImage;
  /** Bytes of its blobs from the registry. */
  readonly origin: number;
  /** How many images came from the registry before, in part: Spegel gives a peer 100 ms to begin its answer. */
  readonly missed: number;
}

/** Enough for a machine that is busy with other things. */
const ATTEMPTS = 8;

/**
 * Pulls an image of one layer on the first node and then on the second, with new images until nothing comes from the registry.
 *
 * @param namespace who pulls
 * @param layerBytes size of the layer
 */
export async function passage(namespace: string, layerBytes: number): Promise<Passage> {
  const [first, second] = nodes();
  for (let missed = 0; ; missed++) {
    const image = await pushNew(openRegistry(), 1, layerBytes);
    await pullOnce(namespace, first, image.reference);
    const mirror = await mirrorPodOn(second);
    const [before, requests] = [await passed(mirror), watch(image)];
    await pullOnce(namespace, second, image.reference);
    const origin = (await requests()).blobs;
    const bytes = grown(before, await passed(mirror));
    if (origin.length === 0 || missed === ATTEMPTS) {
      return { image, ...bytes, origin: bytesOf(origin), missed };
    }
  }
}

/** Fails unless the layer came straight from the peer: this node's Spegel only said where it is. */
export function expectDirect({ image, peers, entry, spegel, origin }: Passage): void {
  expect(origin).toBe(0);
  expect(peers).toBeGreaterThan(image.bytes);
  expect(entry).toBeGreaterThan(image.bytes);
  expect(spegel).toBeLessThan(SAID);
}

/** More than a few answers without a body and the configuration of an image take. */
const SAID = 16 * 1024;

/** A line about it. */
export function told({ image, peers, spegel, origin, missed }: Passage): string {
  return (
    `${image.bytes} bytes pulled: ${peers} bytes from peers, ${spegel} bytes through the node's own Spegel, ${origin} from ` +
    `the registry${missed > 0 ? `, after ${missed} images that Spegel missed in part` : ''}`
  );
}
