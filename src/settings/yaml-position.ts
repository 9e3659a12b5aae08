import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, type Pair, type YAMLMap } from 'yaml';
import type { Path } from './path';

/**
 * Where in the text a value is, or its key, or else what is nearest around it. Aliases lead to what they stand for.
 *
 * @param document the text, parsed
 * @param path the value
 * @param atKey whether to find its key
 */
export function offsetOf(document: Document, path: Path, atKey: boolean): number {
  const resolve = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  let node = resolve(document.contents);
  let offset = startOf(node) ?? 0;
  for (const [depth, step] of path.entries()) {
    const found = isMap(node) ? pairOf(node, step, resolve) : isSeq(node) ? node.items[Number(step)] : undefined;
    if (found === undefined) break;
    const value = isPair(found) ? found.value : found;
    const last = depth === path.length - 1;
    const useKey = isPair(found) && ((last && atKey) || isEmpty(value));
    node = resolve(value);
    offset = startOf(useKey ? found.key : node) ?? offset;
  }
  return offset;
}

/**
 * A value of a document; nothing where it has none. Aliases and merges lead to what they stand for.
 *
 * @param document the text, parsed
 * @param path the value
 */
export function nodeAt(document: Document, path: Path): unknown {
  const resolve = (node: unknown) => (isAlias(node) ? node.resolve(document) : node);
  let node = resolve(document.contents);
  for (const step of path) {
    const value = isMap(node) ? pairOf(node, step, resolve)?.value : isSeq(node) ? node.items[Number(step)] : undefined;
    node = resolve(value);
  }
  return node;
}

/** The pairs of mappings by their keys, the last of each: a mapping may have thousands of keys, and as many mistakes. */
const pairs = new WeakMap<YAMLMap, Map<string, Pair>>();

function pairsOf(map: YAMLMap): Map<string, Pair> {
  const known = pairs.get(map) ?? new Map(map.items.map((pair) => [keyOf(pair), pair]));
  pairs.set(map, known);
  return known;
}

function pairOf(map: YAMLMap, key: string | number, resolve: (node: unknown) => unknown): Pair | undefined {
  const own = pairsOf(map).get(String(key));
  if (own) return own;
  const merged = pairsOf(map).has('<<')
    ? map.items.filter((pair) => keyOf(pair) === '<<').map((pair) => resolve(pair.value))
    : [];
  const sources = merged.flatMap((source) => (isSeq(source) ? source.items.map(resolve) : [source]));
  return sources.map((source) => (isMap(source) ? pairOf(source, key, resolve) : undefined)).find((pair) => pair);
}

/** The key of a pair, as a text. */
export function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

/** Where a node begins in the text. */
export function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function isEmpty(value: unknown): boolean {
  return value === null || (isNode(value) && value.range?.[0] === value.range?.[1]);
}
