import { nodes } from './environment';
import { SETTINGS, tryInNode } from './nodes';
import { pull } from './pods';
import { openRegistry, pushNew, type Requests, watch } from './registry';
import { sleep } from './run';

/** What became of pulls. */
export interface Pulls {
  /** Pulls of new images. */
  readonly sent: number;
  /** Of these, pulls of what another node had pulled just before. */
  readonly second: number;
  /** Of these, pulls that asked the registry for a layer or a configuration. */
  readonly missed: number;
  /** Messages of what failed, also where the kubelet's next attempt succeeded. */
  readonly failures: string[];
  readonly seconds: number;
}

/**
 * Does something while every node pulls new images all the time, one after the other: by its kubelet on the first, and by its containerd
 * with its settings alone on the others.
 *
 * @param namespace whose pods pull
 * @param action what is done
 */
export async function underPulls(namespace: string, action: () => Promise<unknown>): Promise<Pulls> {
  const start = Date.now();
  const figures = { sent: 0, second: 0, missed: 0 };
  const failures: string[] = [];
  const [first, ...others] = nodes();
  let going = true;
  const round = async () => {
    const image = await pushNew(openRegistry(), 1);
    const counted = async (action: () => Promise<string[]>): Promise<Requests> => {
      const requests = watch(image);
      figures.sent++;
      failures.push(...(await action()));
      return requests();
    };
    await counted(async () => (await pull(namespace, first, image.reference)).failures);
    for (const node of others) {
      const ctr = ['ctr', '--namespace', 'k8s.io', 'images', 'pull', '--hosts-dir', SETTINGS, image.reference];
      const { blobs } = await counted(async () => {
        const { code, stderr } = await tryInNode(node, ...ctr);
        return code === 0 ? [] : [`${node}: ${stderr}`];
      });
      figures.second++;
      if (blobs.length > 0) figures.missed++;
    }
  };
  const pulling = (async () => {
    while (going) await round();
  })();
  pulling.catch(() => {}); // told by who waits for it
  try {
    await sleep(1000);
    await action();
  } finally {
    going = false;
    await pulling;
  }
  return { ...figures, failures, seconds: (Date.now() - start) / 1000 };
}

/** A line about them. */
export function told(what: string, { sent, second, missed, failures, seconds }: Pulls): string {
  return (
    `${what} (${seconds.toFixed(0)} s): ${sent} pulls sent, ${failures.length} failed; ` +
    `${missed} of ${second} pulls of what another node had asked the origin for a blob`
  );
}
