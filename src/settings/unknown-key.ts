import { nearest } from './nearest';
import { formatPath, type Path } from './path';
import type { RuleProblem } from './rule-problem';
import { places, type SchemaNode } from './schema';
import { secretKind } from './secrets';

/**
 * A key that is not known where it stands: which was meant, or where it belongs, and which are known there.
 *
 * @param path the mapping that it stands in
 * @param key the key
 * @param schema the mapping's schema
 * @param root the schema of the whole
 */
export function unknownKey(path: Path, key: string, schema: SchemaNode, root: SchemaNode): RuleProblem {
  const patterns = Object.keys(schema.patternProperties ?? {}).map((pattern) => `${pattern.replace('^', '')}…`);
  const allowed = [...Object.keys(schema.properties ?? {}), ...patterns];
  const near = meantKey(key, schema);
  const homes = near === undefined ? homesOf(key, path, root) : [];
  const advice = near === undefined ? belongs(homes) : `did you mean ${near}? `;
  const why = isRefused(key, schema) ? schema.refusedKeys?.[key] : undefined;
  const lost = why === undefined && near === undefined && homes.length === 0 && isNearPatches(path, root);
  const wayOut = lost ? `; what has no key goes into ${PATCHES}` : '';
  const message = `there is no such key here${why === undefined ? '' : `: ${why}`}; ${advice}known here: ${allowed.join(', ')}${wayOut}`;
  return { path: [...path, key], message, atKey: true };
}

/** The key for changes of what has no key, in settings that have it. */
const PATCHES = 'patches';

/** Whether a mapping has this key, or is in one that has it. Deeper down, what is missing is no part of an object. */
function isNearPatches(path: Path, root: SchemaNode): boolean {
  const around = [path, path.slice(0, -1)].map(placeOf);
  return places(root).some(
    ({ place, schema }) => around.includes(place) && Object.hasOwn(schema.properties ?? {}, PATCHES),
  );
}

function placeOf(path: Path): string {
  return formatPath(path).replace(/\[[0-9]+\]/g, '[]');
}

/** Whether people look for a key that the mapping cannot have. */
export function isRefused(key: string, schema: SchemaNode): boolean {
  return Object.hasOwn(schema.refusedKeys ?? {}, key);
}

/** The key that was probably meant by one that is not known. */
export function meantKey(key: string, schema: SchemaNode): string | undefined {
  return secretKind(key) === undefined && !isRefused(key, schema)
    ? nearest(key, Object.keys(schema.properties ?? {}))
    : undefined;
}

/** Where a key is known, as seen from the mapping that it stands in. */
function homesOf(key: string, path: Path, root: SchemaNode): string[] {
  const here = `${placeOf(path)}.`;
  const homes = places(root)
    .filter(({ schema }) => Object.hasOwn(schema.properties ?? {}, key))
    .map(({ place }) => place);
  // One level or more too high is the likely mistake.
  const below = homes.filter((place) => place.startsWith(here));
  const part = partOf(path, root);
  if (part === undefined) return (below.length > 0 ? below : homes).map((place) => called(place) || 'no other key');
  const within = homes.filter((place) => place === part || place.startsWith(`${part}.`));
  return (below.length > 0 ? below : within).map(
    (place) => called(place.slice(part.length + 1)) || `the ${part.replace(/s\[\]$/, '')} itself`,
  );
}

/** The part of a file that a place is in, such as an item of its list: places in it are called from there on. */
function partOf([part, index]: Path, root: SchemaNode): string | undefined {
  const schema = root.patternProperties === undefined ? undefined : root.properties?.[part ?? ''];
  if (schema === undefined) return undefined;
  if (schema.items === undefined) return `${part}`;
  return index === undefined ? undefined : `${part}[]`;
}

function called(place: string): string {
  return place.replace(/^(.*)\[\]$/, 'an item of $1');
}

function belongs(homes: string[]): string {
  return homes.length === 0 ? '' : `it belongs under ${homes.join(' or ')}; `;
}
