import { mirrorLabels, objectLabels } from '../kubernetes/names';
import { keptByTools, SUBSTITUTE } from '../kubernetes/tool-annotations';

/** Labels and annotations. */
interface Mapping {
  readonly [key: string]: unknown;
}

const PLACES = ['/metadata', '/spec/template/metadata'].flatMap((place) =>
  ['labels', 'annotations'].map((list) => `${place}/${list}`),
);
const OWN = new Set([...Object.keys({ ...objectLabels, ...mirrorLabels }), SUBSTITUTE]);

/** Labels and annotations of an object, by their place. */
export type Metadata = ReadonlyMap<string, Mapping>;

/** Labels and annotations of an object as they are now. */
export function metadataOf(object: unknown): Metadata {
  return new Map(PLACES.map((place) => [place, { ...mappingAt(object, place) }]));
}

/**
 * Which label or annotation of the stack's own an operation would change or take away, if it does.
 *
 * @param before labels and annotations of the object
 * @param after its labels and annotations after the operation
 */
export function ownMetadataMistake(before: Metadata, after: Metadata): string | undefined {
  for (const [place, old] of before) {
    const young = after.get(place);
    const lost = Object.keys({ ...old, ...young }).find((key) => isOwn(key, old) && old[key] !== young?.[key]);
    if (lost === undefined) continue;
    return `${lost} is the stack's own, and stays as it is: name a single key of yours, such as ${place}/example.com~1owner`;
  }
  return undefined;
}

function isOwn(key: string, old: Mapping): boolean {
  if (key.startsWith('secured-mirror/')) return true;
  return key in old && (OWN.has(key) || old[key] === keptByTools[key]);
}

function mappingAt(object: unknown, place: string): Mapping {
  const found = place
    .split('/')
    .slice(1)
    .reduce((inner, key) => (inner as Mapping | undefined | null)?.[key], object);
  return typeof found === 'object' && found !== null ? (found as Mapping) : {};
}
