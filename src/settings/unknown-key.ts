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
  const allowed = Object.keys(schema.properties ?? {});
  const near = meantKey(key, schema);
  const homes = near === undefined ? homesOf(key, path, root) : [];
  const advice = near === undefined ? belongs(homes) : `did you mean ${near}? `;
  const why = isRefused(key, schema) ? schema.refusedKeys?.[key] : undefined;
  const message = `there is no such key here${why === undefined ? '' : `: ${why}`}; ${advice}known here: ${allowed.join(', ')}`;
  return { path: [...path, key], message, atKey: true };
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
  const here = `${formatPath(path).replace(/\[[0-9]+\]/g, '[]')}.`;
  const homes = places(root)
    .filter(({ schema }) => Object.hasOwn(schema.properties ?? {}, key))
    .map(({ place }) => place);
  // One level or more too high is the likely mistake.
  const below = homes.filter((place) => place.startsWith(here));
  const list = path.length > 1 ? onlyKey(root) : undefined;
  return (below.length > 0 ? below : homes).map((place) => {
    if (place === '') return 'no other key';
    if (list === undefined) return called(place);
    const within = place.slice(`${list}[].`.length);
    return within === '' ? `the ${list.replace(/s$/, '')} itself` : called(within);
  });
}

/** The key of a file that is one list and nothing else: within an item of it, places are called from the item on. */
function onlyKey(root: SchemaNode): string | undefined {
  const [key, ...others] = Object.keys(root.properties ?? {});
  return others.length === 0 && root.properties?.[key ?? '']?.items !== undefined ? key : undefined;
}

function called(place: string): string {
  return place.replace(/^(.*)\[\]$/, 'an item of $1');
}

function belongs(homes: string[]): string {
  return homes.length === 0 ? '' : `it belongs under ${homes.join(' or ')}; `;
}
