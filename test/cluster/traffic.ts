import { nodes } from './environment';
import { askEntry, askPeer, type Figures, type Load, putLoad, removeLoad, sum } from './load';
import { SETTINGS, tryInNode } from './nodes';
import { pullOnce } from './pods';
import { blobPath, openRegistry, type PushedImage, pushNew } from './registry';
import { eventually, sleep } from './run';
import { mirrorPodOn } from './stack';

/** Between two requests for one kind of blob at one entry. */
const PACE = '120ms';

/** What happened to a cluster's traffic while something was done. */
export interface Row {
  /** Requests of nodes' containerd for layers that only other nodes have. */
  readonly node: Figures;
  /** The same for configurations, which come by way of Spegel. */
  readonly config: Figures;
  /** Requests of mirrors to peers. */
  readonly peer: Figures;
  /** Transfers of 48 MiB over both. */
  readonly slow: Figures;
  /** Messages of containerd's pulls: empty where the pull succeeded. */
  readonly pulls: string[];
  readonly seconds: number;
}

/** Traffic between the first two nodes, both ways: each asks for a blob that the other one has. */
export class Traffic {
  /** Makes the images, and pulls each where it is to be. */
  public static async prepare(namespace: string): Promise<Traffic> {
    const [first, second] = nodes();
    const small: [PushedImage, PushedImage] = [await pushNew(openRegistry(), 1), await pushNew(openRegistry(), 1)];
    const large = await pushNew(openRegistry(), 1, 48 * 2 ** 20);
    await Promise.all([first, second].map(putLoad));
    await pullOnce(namespace, second, small[0].reference);
    await pullOnce(namespace, first, small[1].reference);
    await pullOnce(namespace, second, large.reference);
    const traffic = new Traffic(small, large);
    await traffic.flows();
    return traffic;
  }

  private constructor(
    private readonly small: [PushedImage, PushedImage],
    private readonly large: PushedImage,
  ) {}

  /** Waits until both nodes get what only the other one has. */
  public async flows(): Promise<void> {
    let wait = 700;
    await eventually('traffic both ways', 60, async () => {
      const loads = await this.loads();
      // Longer each time: on a machine that is busy with other things a program may take seconds to begin.
      await sleep(wait);
      wait *= 1.5;
      const figures = await Promise.all(loads.map((load) => load.end()));
      const bad = figures.find(({ ok, refused }) => ok === 0 || refused > 0);
      if (bad !== undefined) {
        throw new Error(JSON.stringify(figures));
      }
      return true;
    });
  }

  /** Does something under load, and for three seconds longer. */
  public async during(action: () => Promise<unknown>): Promise<Row> {
    const start = Date.now();
    const loads = await this.loads();
    const [first] = nodes();
    // It begins before the change and, at this pace, ends after it.
    const slow = askEntry(first, this.large.registry.host, pathOf(this.large), 'layer', '-slow', `${2 ** 20}`);
    let going = true;
    const pulls: string[] = [];
    const pulling = pullOver(() => going, pulls);
    pulling.catch(() => {}); // told by who waits for it
    try {
      await sleep(2000);
      await action();
      await sleep(3000);
      await eventually('a few pulls', 60, async () => pulls.length > 2);
    } finally {
      going = false;
      await pulling;
    }
    const figures = await Promise.all(loads.map((load) => load.end()));
    return {
      node: sum(figures.slice(0, 2)),
      config: sum(figures.slice(2, 4)),
      peer: sum(figures.slice(4)),
      slow: await slow.end(),
      pulls,
      seconds: (Date.now() - start) / 1000,
    };
  }

  /** Takes the program away from the nodes. */
  public async end(): Promise<void> {
    await Promise.all(nodes().slice(0, 2).map(removeLoad));
  }

  private async loads(): Promise<Load[]> {
    const [first, second] = nodes();
    const [one, two] = [await mirrorPodOn(first), await mirrorPodOn(second)];
    const [held2, held1] = this.small;
    const peers = [await askPeer(one, two, pathOf(held2)), await askPeer(two, one, pathOf(held1))];
    const entries = (['layer', 'configuration'] as const).flatMap((kind) => [
      askEntry(first, held2.registry.host, pathOf(held2), kind, '-every', PACE),
      askEntry(second, held1.registry.host, pathOf(held1), kind, '-every', PACE),
    ]);
    return [...entries, ...peers];
  }
}

const pathOf = (image: PushedImage) => blobPath(image, 1);

/** Pulls new images on the first two nodes, by way of containerd and its settings, as long as it goes on. */
async function pullOver(going: () => boolean, messages: string[]): Promise<void> {
  while (going()) {
    const { reference } = await pushNew(openRegistry(), 1);
    const ctr = ['ctr', '--namespace', 'k8s.io', 'images', 'pull', '--hosts-dir', SETTINGS, reference];
    for (const node of nodes().slice(0, 2)) {
      const { code, stderr } = await tryInNode(node, ...ctr);
      messages.push(code === 0 ? '' : `${node}: ${stderr}`);
    }
    await sleep(1500);
  }
}

/** A line about a row. */
export function told(what: string, { node, config, peer, slow, pulls, seconds }: Row): string {
  const plane = ({ sent, refused, missed }: Figures) => `${sent} sent, ${refused} refused, ${missed} missed`;
  const failed = pulls.filter((message) => message !== '').length;
  return (
    `${what} (${seconds.toFixed(0)} s): node plane, layers ${plane(node)}, configurations ${plane(config)}; peer plane ${plane(peer)}; ` +
    `pulls ${pulls.length} sent, ${failed} failed; transfers of 48 MiB ${slow.sent} sent, ${slow.refused} broken`
  );
}

/** Fails unless nobody noticed anything. */
export function expectUndisturbed(row: Row): void {
  for (const plane of [row.node, row.config, row.peer]) {
    expect(plane.firstRefusals).toEqual([]);
    expect(plane).toMatchObject({ refused: 0 });
    // How many Spegel misses is a matter of how busy the machine is; that the mesh is whole afterwards, flows() finds out.
    expect(plane.ok).toBeGreaterThan(0);
  }
  expect(row.slow).toMatchObject({ refused: 0, firstRefusals: [] });
  expect(row.slow.ok).toBeGreaterThan(0);
  expectPulled(row);
}

/** Fails unless every pull succeeded. */
export function expectPulled({ pulls }: Row): void {
  expect(pulls.length).toBeGreaterThan(2);
  expect(pulls.filter((message) => message !== '')).toEqual([]);
}
