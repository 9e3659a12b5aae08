import type { Path } from './path';

/** A value from which every part with a mistake may be missing: what is left can still be judged. */
export type Draft<T> = T extends (infer Item)[]
  ? (Draft<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> }
    : T;

/**
 * A copy of a value without the parts at the given places. Items of lists leave a gap, so that the others keep their position;
 * keys stay, without a value.
 *
 * @param value the value
 * @param paths the places
 */
export function without<T>(value: T, paths: Path[]): Draft<T> {
  const gone = new Set(paths.map((path) => JSON.stringify(path)));
  const copy = (part: unknown, path: Path): unknown => {
    if (gone.size > 0 && gone.has(JSON.stringify(path))) return undefined;
    if (Array.isArray(part)) return part.map((item, index) => copy(item, [...path, index]));
    if (typeof part !== 'object' || part === null) return part;
    const given = Object.entries(part).filter(([, item]) => item !== undefined);
    return Object.fromEntries(given.map(([key, item]) => [key, copy(item, [...path, key])]));
  };
  return copy(value, []) as Draft<T>;
}

/** Whether a key was given a value that was taken out. */
export function isBroken<T extends object>(draft: T, key: keyof T): boolean {
  return Object.hasOwn(draft, key) && draft[key] === undefined;
}

/** Whether a key was given, be its value taken out or not. */
export function isGiven<T extends object>(draft: T | undefined, key: keyof T): boolean {
  return draft !== undefined && Object.hasOwn(draft, key);
}

/** Whether a mapping has keys beside these. An unknown key may be a misspelt one, which the schema check reports. */
export function hasOthers<T extends object>(draft: T, keys: (keyof T & string)[]): boolean {
  return Object.keys(draft).some((key) => !keys.some((known) => known === key));
}

/** The items of a list that have a value, with their positions. */
export function present<T>(list: (T | undefined)[] | undefined): [number, T][] {
  return [...(list ?? []).entries()].filter((entry): entry is [number, T] => entry[1] !== undefined);
}
