import type { CheckContext } from '../../probe/check';
import { CliError } from '../../shared/cli-error';
import type { Finding } from '../../shared/finding';
import { askNodes, type NodeFacts } from '../../status/nodes';
import type { Candidate } from './candidates';
import { type Evidence, evidenceOf } from './evidence';
import { layersOf } from './layers';
import type { Patience } from './patience';
import { pullPod } from './pull-pod';
import { type Store, storeIn, storeProbe } from './store';

/** An image that a node pulled. */
export interface Pulled extends Evidence {
  /** The mirrors, as they were before. */
  readonly mirrors: readonly NodeFacts[];
}

/** Why an image proves nothing. */
export interface Skipped {
  readonly level: Extract<Finding['level'], 'problem' | 'unknown'>;
  readonly skipped: string;
  /**
   * What to do about it.
   *
   * @default - take another image
   */
  readonly fix?: string;
}

const STORE_SECONDS = 120;
const PULL_SECONDS = 240;

/**
 * Pulls an image on the node that lacks it, as the kubelet does for a pod.
 *
 * @throws CliError where it could not ask
 */
export async function attempt(
  context: CheckContext,
  candidate: Candidate,
  patience: Patience,
): Promise<Pulled | Skipped> {
  const { kubectl, probes, progress } = context;
  const { digest, registry, source, target, name } = candidate;
  progress(`looking for ${name} on ${source} and ${target}`);
  const before = await readStores(context, digest, [source, target]);
  const [there, here] = [before.get(source), before.get(target)];
  const layers = there && layersOf(there, digest, candidate.architecture);
  if (!layers || !here) return unknown(`${source} has no manifest of it in its content store`);
  const missing = layers.filter((layer) => !here.sizes.has(layer.digest));
  if (here.documents.has(digest) || missing.length === 0) return unknown(`${target} has its content already`);
  if (missing.every((layer) => !there.sizes.has(layer.digest))) return discarded(source);

  const mirrors = await askNodes(kubectl);
  const mirror = mirrors.find(({ node }) => node === target);
  if (mirror === undefined) throw new CliError('absent', `no pod of the mirror on ${target}: install the stack first`);

  progress(`pulling ${name} on ${target}`);
  const begin = performance.now();
  const [pull] = await probes.run([pullPod(candidate)], PULL_SECONDS);
  progress(`looking for where the layers came from`);
  const after = (await readStores(context, digest, [target])).get(target);
  if (!after?.documents.has(digest)) return unknown(`${target} could not pull it (${pull?.reason})`, PRIVATE);
  const kept = missing.filter((layer) => after.sizes.has(layer.digest));
  // A node that keeps no layers has pulled them all the same.
  const arrived = kept.length > 0 ? kept : missing;
  const seconds = (performance.now() - begin) / 1000;
  return { mirrors, ...(await evidenceOf(kubectl, { mirror, registry, layers: arrived, seconds }, patience)) };
}

/** What the content stores of nodes have. */
async function readStores({ probes, mirror }: CheckContext, digest: string, nodes: string[]) {
  const results = await probes.run(
    nodes.map((node) => storeProbe(mirror, node, digest)),
    STORE_SECONDS,
  );
  return new Map(
    results.map(({ succeeded, reason, logs }, index): [string, Store] => {
      const node = nodes[index] ?? '';
      if (!succeeded) throw new CliError('other', `the content store of ${node} could not be read: ${reason}`);
      return [node, storeIn(logs)];
    }),
  );
}

/** What to do where a node could not pull an image. */
export const PRIVATE =
  'if the image is private: name one that pods pull without a pull secret (--image); layers take the same way for both';

function unknown(skipped: string, fix?: string): Skipped {
  return { level: 'unknown', skipped, fix };
}

function discarded(node: string): Skipped {
  return {
    level: 'problem',
    skipped: `${node} has it unpacked, but keeps no layers of it that it could give to others`,
    fix: `set discard_unpacked_layers = false in containerd's configuration of ${node}, restart containerd, and pull the image again there`,
  };
}
