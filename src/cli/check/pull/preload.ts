import { imageName } from '../../../kubernetes/image-name';
import type { CheckContext, NodeObject } from '../../probe/check';
import type { Candidate } from './candidates';
import { digestIn, fullReference, registryOf } from './image';
import { pullPod } from './pull-pod';

/** An image that a node pulled for the proof, for each other node that may pull it from there; or why there is none. */
export type Preloaded = { readonly candidates: Candidate[] } | { readonly failure: string };

const PULL_SECONDS = 240;

/**
 * Has one node pull an image that no node lists, so that another can pull it from there.
 *
 * @param context asks
 * @param nodes ready nodes of one architecture: the first one pulls it
 * @param image the image
 */
export async function preload(
  { probes, progress }: CheckContext,
  [source, ...targets]: readonly [NodeObject, NodeObject, ...NodeObject[]],
  image: string,
): Promise<Preloaded> {
  const name = fullReference(image);
  const { metadata, status } = source;
  progress(`pulling ${name} on ${metadata.name}, as no node lists it`);
  const [pull] = await probes.run([pullPod({ reference: name, target: metadata.name })], PULL_SECONDS);
  const digest = Object.values(pull?.images ?? {})
    .map(digestIn)
    .find((digest) => digest !== undefined);
  if (digest === undefined) return { failure: `${metadata.name} could not pull it (${pull?.reason})` };
  const reference = `${imageName(name)}@${digest}`;
  const { architecture } = status.nodeInfo;
  const common = { reference, name, registry: registryOf(name), digest, source: metadata.name, architecture };
  return { candidates: targets.map(({ metadata }) => ({ ...common, target: metadata.name })) };
}
