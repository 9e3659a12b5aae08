import { isObject } from '../shared/json';
import { isOfServer } from './tool-metadata';

/** A place at which a rendered object is not what stack.yaml makes. */
export interface Difference {
  /** Keys and numbers from the object's root; an item of a list by its name, if all its items have one. */
  readonly path: readonly string[];
  /** The value in the rendered object; undefined when there is none. */
  readonly got: unknown;
  /** The value that stack.yaml makes; undefined when there is none. */
  readonly made: unknown;
}

/** The place of a difference, as a JSON pointer. */
export function pointerOf({ path }: Pick<Difference, 'path'>): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/**
 * All places at which two values differ. The order of keys means nothing, and neither does a key without a value.
 *
 * @param got the rendered value
 * @param made the value that stack.yaml makes
 * @param path their place
 */
export function differencesOf(got: unknown, made: unknown, path: readonly string[] = []): Difference[] {
  if ((got ?? undefined) === (made ?? undefined) || isOfServer(`/${path.join('/')}`)) return [];
  const added = got ?? undefined;
  const known = made ?? undefined;
  // What only one of the two has is named by its leaves, too: a label by its name.
  const first = added === undefined && isObject(known) ? {} : added;
  const other = known === undefined && isObject(added) ? {} : known;
  if (isObject(first) && isObject(other)) {
    const keys = new Set([...Object.keys(other), ...Object.keys(first)]);
    if (keys.size > 0) return [...keys].flatMap((key) => differencesOf(first[key], other[key], [...path, key]));
    return added === undefined || known === undefined ? [{ path, got, made }] : [];
  }
  if (Array.isArray(added) && Array.isArray(known)) return listDifferences(added, known, path);
  return [{ path, got: added, made: known }];
}

function listDifferences(got: unknown[], made: unknown[], path: readonly string[]): Difference[] {
  const [first, other] = [namesIn(got), namesIn(made)];
  if (first === undefined || other === undefined) {
    if (got.length !== made.length) return [{ path, got, made }];
    return made.flatMap((item, index) => differencesOf(got[index], item, [...path, String(index)]));
  }
  const names = [...new Set([...other, ...first])];
  const within = names.flatMap((name) =>
    differencesOf(got[first.indexOf(name)], made[other.indexOf(name)], [...path, name]),
  );
  const inBoth = (all: string[], others: string[]) => all.filter((name) => others.includes(name)).join();
  // Init containers run in the order of their list.
  return inBoth(first, other) === inBoth(other, first) ? within : [...within, { path, got, made }];
}

/** The names of the items of a list, if each has one of its own. */
function namesIn(list: unknown[]): string[] | undefined {
  const names = list.map((item) => (isObject(item) && typeof item.name === 'string' ? item.name : undefined));
  return names.every((name) => name !== undefined) && new Set(names).size === names.length
    ? (names as string[])
    : undefined;
}
