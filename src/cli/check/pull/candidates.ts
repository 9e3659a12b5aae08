import { imageName } from '../../../kubernetes/image-name';
import { ANY_REGISTRY } from '../../../mirror/rules/registries';
import type { NodeObject } from '../../probe/check';
import { digestIn, fullReference, registryOf } from './image';

/** An image that a node has and another lacks. */
export interface Candidate {
  /** Its reference by digest, so that a tag that has moved since changes nothing. */
  readonly reference: string;
  /** How people call it: its tag, where it has one. */
  readonly name: string;
  readonly registry: string;
  /** Digest of its index or manifest. */
  readonly digest: string;
  /** A node that has it. */
  readonly source: string;
  /** A node that lacks it. */
  readonly target: string;
  /** Architecture of both. */
  readonly architecture: string;
}

/** An image on a node. */
interface Listed extends Omit<Candidate, 'name' | 'target'> {
  /**
   * Its name with a tag.
   *
   * @default - the node pulled it by digest
   */
  readonly tag?: string;
  readonly bytes: number;
}

/** What is enough to be significant, and what a proof may cost. */
const LEAST_BYTES = 1_000_000;
const MOST_BYTES = 200_000_000;

/**
 * Images that one node has and another of its architecture lacks, by the lists of the nodes, the smallest first. A list has the fifty biggest images of its
 * node at most, unless the kubelet has another limit, so a target may have one all the same.
 *
 * @param nodes the nodes with a mirror
 * @param registries the registries that the stack mirrors
 * @param wanted the only image to look for, of any size and registry
 */
export function candidates(nodes: readonly NodeObject[], registries: readonly string[], wanted?: string): Candidate[] {
  const ready = readyNodes(nodes);
  const lists = new Map(ready.map((node) => [node, imagesOf(node)]));
  const lacks = (node: NodeObject, { digest }: Listed) => lists.get(node)?.every((image) => image.digest !== digest);
  const fits = wanted === undefined ? acceptable(registries) : called(fullReference(wanted));
  const found = new Map<string, Candidate & Listed>();
  const listed = [...lists.values()].flat();
  for (const image of listed.filter(fits)) {
    const target = ready.find((node) => node.status.nodeInfo.architecture === image.architecture && lacks(node, image))
      ?.metadata.name;
    if (target === undefined || found.has(image.digest)) continue;
    // A node that pulled it by digest lists no tag, but another may.
    const tag =
      image.tag ?? listed.find(({ tag, reference }) => reference === image.reference && tag !== undefined)?.tag;
    found.set(image.digest, { ...image, name: tag ?? image.reference, target });
  }
  return [...found.values()].sort((a, b) => a.bytes - b.bytes);
}

/** The nodes that run pods. */
function readyNodes(nodes: readonly NodeObject[]): NodeObject[] {
  return nodes.filter(({ status }) =>
    status.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True'),
  );
}

/** Ready nodes of one architecture, of the first one that has two. */
export function alikeNodes(
  nodes: readonly NodeObject[],
): readonly [NodeObject, NodeObject, ...NodeObject[]] | undefined {
  const ready = readyNodes(nodes);
  const architectures = new Set(ready.map(({ status }) => status.nodeInfo.architecture));
  for (const architecture of architectures) {
    const [first, second, ...rest] = ready.filter(({ status }) => status.nodeInfo.architecture === architecture);
    if (first && second) return [first, second, ...rest];
  }
  return undefined;
}

/** Whether any of the nodes lists an image. */
export function isListed(nodes: readonly NodeObject[], wanted: string): boolean {
  return nodes.flatMap(imagesOf).some(called(fullReference(wanted)));
}

/** Whether the stack mirrors a registry. */
export function isMirrored(registry: string, registries: readonly string[]): boolean {
  return registries.includes(registry) || registries.includes(ANY_REGISTRY);
}

function acceptable(registries: readonly string[]): (image: Listed) => boolean {
  return ({ registry, bytes }) => isMirrored(registry, registries) && bytes >= LEAST_BYTES && bytes <= MOST_BYTES;
}

/** A reference with a digest is that content, whatever its tag. */
function called(reference: string): (image: Listed) => boolean {
  const digest = digestIn(reference);
  const exact = `${imageName(reference)}@${digest}`;
  return (image) => (digest === undefined ? image.tag === reference : image.reference === exact);
}

/** The images of a node, by each name that has a digest: others were built or imported there, and no registry knows them. */
function imagesOf({ metadata, status }: NodeObject): Listed[] {
  return (status.images ?? []).flatMap(({ names, sizeBytes = 0 }) =>
    (names ?? []).flatMap((reference) => {
      const digest = digestIn(reference);
      if (digest === undefined) return [];
      const tag = names?.find((name) => digestIn(name) === undefined && imageName(name) === imageName(reference));
      return [
        {
          reference,
          ...(tag === undefined ? {} : { tag }),
          registry: registryOf(reference),
          digest,
          bytes: sizeBytes,
          source: metadata.name,
          architecture: status.nodeInfo.architecture,
        },
      ];
    }),
  );
}
