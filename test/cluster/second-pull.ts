import { nodes } from './environment';
import { type Pull, type PullOptions, pullOnce } from './pods';
import { type PushedImage, pushNew, type Registry, type Requests, watch } from './registry';

/** Enough for a machine that is busy with other things: where all is well it is the first, or the second. */
const ATTEMPTS = 12;

/** What an image's pull on one node, and then on another, asked of its registry. */
export interface SecondPull {
  readonly image: PushedImage;
  readonly first: Pull & Requests;
  readonly second: Pull & Requests;
  /** Requests for blobs that the second pull left to the registry, in each attempt. */
  readonly attempts: number[];
}

/**
 * Pulls an image on the first node, and then on the second. Spegel gives a peer 100 ms to begin its answer and then goes to
 * the origin: on a machine that is busy with other things, that takes another attempt with another image.
 *
 * @param namespace who pulls
 * @param registry where from
 * @param options how
 * @param between what is done between the two
 */
export async function secondPull(
  namespace: string,
  registry: Registry,
  options: PullOptions = {},
  between: () => Promise<void> = async () => {},
): Promise<SecondPull> {
  const attempts: number[] = [];
  for (;;) {
    const image = await pushNew(registry, 3, 1_500_000);
    const counted = async (node: string) => {
      const requests = watch(image);
      return { ...(await pullOnce(namespace, node, image.reference, options)), ...(await requests()) };
    };
    const first = await counted(nodes()[0]);
    await between();
    const second = await counted(nodes()[1]);
    attempts.push(second.blobs.length);
    if (second.blobs.length === 0 || attempts.length === ATTEMPTS) {
      return { image, first, second, attempts };
    }
  }
}

/** A line about it. */
export function told({ image, first, second, attempts }: SecondPull): string {
  const requests = (pull: Pull & Requests) =>
    `${pull.blobs.length} blob and ${pull.manifests.length} manifest requests at the registry, ${pull.seconds.toFixed(1)} s`;
  return (
    `${image.bytes} bytes in ${image.blobs.length} blobs; 1st pull ${requests(first)}; 2nd pull ${requests(second)}; ` +
    `blob requests of the 2nd in each attempt: ${attempts.join(', ')}`
  );
}
