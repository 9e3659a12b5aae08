import { isObject } from '../shared/json';
import { identityOf, type RenderedObject } from './rendered';

/** How a tool renamed objects: each part is empty where it changed nothing. */
export interface Move {
  /** The namespace that stack.yaml makes, and the one that a tool put in its place; kustomize takes some kinds that have none for others. */
  readonly from: string;
  readonly to: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** An object of stack.yaml, and the rendered one that it became. */
export interface Pair {
  readonly made: RenderedObject;
  readonly got: RenderedObject;
  /** How its name or namespace changed; undefined when they did not. */
  readonly move?: Move;
}

/** Which objects of stack.yaml became which rendered ones. */
export interface Paired {
  readonly pairs: Pair[];
  readonly missing: RenderedObject[];
  /** Objects that a tool rendered twice. */
  readonly twice: RenderedObject[];
}

/**
 * Finds the rendered object of each object that stack.yaml makes, also where a tool gave all of them another namespace, or names with
 * something before or after. All other rendered objects are the user's own.
 *
 * @param made the objects that stack.yaml makes
 * @param got the rendered objects
 */
export function paired(made: readonly RenderedObject[], got: readonly RenderedObject[]): Paired {
  const left = new Map<string, RenderedObject>();
  const twice: RenderedObject[] = [];
  for (const object of got) {
    if (left.has(identityOf(object))) twice.push(object);
    left.set(identityOf(object), object);
  }
  const pairs: Pair[] = [];
  let missing = made.filter((object) => {
    const same = left.get(identityOf(object));
    if (same === undefined) return true;
    left.delete(identityOf(object));
    pairs.push({ made: object, got: same });
    return false;
  });
  // The move of most objects first: a single one may look like an object of the user's.
  for (let move = mostCommon(missing, [...left.values()]); move; move = mostCommon(missing, [...left.values()])) {
    const found = missing.flatMap((object) => {
      const moved = left.get(identityOf(movedBy(object, move as Move)));
      return moved === undefined ? [] : [{ made: object, got: moved, move }];
    });
    for (const { got: object } of found) left.delete(identityOf(object));
    pairs.push(...found);
    missing = missing.filter((object) => !found.some((pair) => pair.made === object));
  }
  const own = new Set(pairs.map((pair) => identityOf(pair.got)));
  return { pairs, missing, twice: twice.filter((object) => own.has(identityOf(object))) };
}

/** An object with the name and namespace that a tool gave it. */
function movedBy(object: RenderedObject, { from, to, prefix, suffix }: Move): RenderedObject {
  const { name, namespace } = object.metadata;
  const place = (namespace ?? '') === from && to !== '' ? { namespace: to } : {};
  const renamed = object.kind === 'Namespace' && name === from ? to : `${prefix}${name}${suffix}`;
  return { ...object, metadata: { ...object.metadata, ...place, name: renamed } };
}

function mostCommon(missing: RenderedObject[], left: RenderedObject[]): Move | undefined {
  const moves = new Map<string, { readonly move: Move; readonly count: number }>();
  for (const move of missing.flatMap((object) => left.flatMap((other) => moveBetween(object, other)))) {
    const key = JSON.stringify(move);
    moves.set(key, { move, count: (moves.get(key)?.count ?? 0) + 1 });
  }
  return [...moves.values()].sort((one, other) => other.count - one.count)[0]?.move;
}

/** The change that makes one object another; none where their names have nothing in common. */
function moveBetween(made: RenderedObject, got: RenderedObject): Move[] {
  const [group, kind] = identityOf(made).split('|');
  const [otherGroup, otherKind] = identityOf(got).split('|');
  if (group !== otherGroup || kind !== otherKind) return [];
  const { name, namespace: from = '' } = made.metadata;
  const { name: now, namespace: to = '' } = got.metadata;
  // A namespace moves with what is in it: its own name alone says nothing. And a name may be part of another's of the user's.
  if (kind === 'Namespace' || nameLabelOf(made) !== nameLabelOf(got)) return [];
  const at = now.indexOf(name);
  if (at < 0) return [];
  return [{ from, to, prefix: now.slice(0, at), suffix: now.slice(at + name.length) }];
}

function nameLabelOf({ metadata: { labels } }: RenderedObject): unknown {
  return isObject(labels) ? labels['app.kubernetes.io/name'] : undefined;
}
