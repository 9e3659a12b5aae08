import { type Draft, isGiven, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { ClusterProps } from '../cluster-props';
import type { PatchOperationProps, PatchOperator } from '../patch-props';

/** What an operation has beside its path. */
const PARTS: { readonly [op in PatchOperator]: 'value' | 'from' | undefined } = {
  add: 'value',
  replace: 'value',
  test: 'value',
  move: 'from',
  copy: 'from',
  remove: undefined,
};

/** Places by which other objects, kubectl and the commands of this package find an object. */
const KEPT = ['/apiVersion', '/kind', '/metadata/name', '/metadata/namespace'];

/** It cannot change in a DaemonSet, and a Service of the stack with another would lead to other pods. */
const SELECTOR = '/spec/selector';
const SELECTING = new Set(['DaemonSet', 'Service']);

/** Operations have what they need and nothing else, and leave an object what it is. Whether they fit it, its objects say. */
export function checkPatches({ patches }: Draft<ClusterProps>): RuleProblem[] {
  return present(patches).flatMap(([index, { target, patch }]) =>
    present(patch).flatMap(([nth, operation]) =>
      checkOperation(operation, target?.kind, ['patches', index, 'patch', nth]),
    ),
  );
}

function checkOperation(operation: Draft<PatchOperationProps>, kind: string | undefined, path: Path): RuleProblem[] {
  const { op } = operation;
  if (op === undefined) return [];
  const needed = PARTS[op];
  const parts = (['value', 'from'] as const).flatMap((part) => {
    const given = isGiven(operation, part);
    if (given === (part === needed)) return [];
    const what = part === 'value' ? 'a value' : 'a place to take the value from';
    if (!given) return [invalidPlace([...path, part], `missing; ${op} needs ${what}`)];
    return [invalidPlace([...path, part], `${op} takes no ${part}: leave it out`)];
  });
  // A test changes nothing.
  if (op === 'test') return parts;
  const changed = op === 'move' ? (['from', 'path'] as const) : (['path'] as const);
  return [...parts, ...changed.flatMap((key) => checkPlace(operation[key], kind, [...path, key]))];
}

function checkPlace(place: string | undefined, kind: string | undefined, path: Path): RuleProblem[] {
  const all = SELECTING.has(kind ?? '') ? [...KEPT, SELECTOR] : KEPT;
  const kept = all.find((one) => place === one || one.startsWith(`${place}/`) || place?.startsWith(`${one}/`));
  if (kept === undefined) return [];
  const why = kept === SELECTOR ? "it selects the mirror's pods" : 'other objects and commands find the object by it';
  const message = `${kept} stays as it is, as ${why}: name a place beside`;
  return [invalidValue(path, place, message)];
}
