import { counted } from '../../settings/counted';
import { finding } from '../shared/finding';
import { names } from '../shared/table';
import type { CompareFinding } from './finding';
import type { Move, Pair } from './moves';
import { titleOf } from './rendered';

const INSIDE =
  "the proxy's configuration, certificates and policies name the objects in texts that the tool does not change";

/** A finding for each namespace that a tool put objects into, and for each beginning or end that it gave to names. */
export function moveFindings(pairs: readonly Pair[]): CompareFinding[] {
  const moved = pairs.flatMap(({ made, move }) => (move === undefined ? [] : [{ made, move }]));
  return [
    ...grouped(moved, ({ from, to }) => (from === to ? undefined : to)).map(namespaceFinding),
    ...grouped(moved, ({ prefix, suffix }) => (prefix + suffix === '' ? undefined : `${prefix}|${suffix}`)).map(
      nameFinding,
    ),
  ];
}

function namespaceFinding(group: Group): CompareFinding {
  const [{ to }] = group.moves as [Move];
  const froms = [...new Set(group.moves.map(({ from }) => from || 'no namespace'))];
  const what = `a tool put ${counted(group.objects.length, 'object')} into it, from ${names(froms)}: ${names(group.objects)}; ${INSIDE}`;
  const workloads = froms.length > 1 ? '; namespaces of workloads are at `tokens[].pull[].bindTo`' : '';
  const remedy = `take \`namespace:\` (kustomize) or the target namespace (Argo CD, Flux) out, and set \`namespace: ${to}\` in stack.yaml${workloads}`;
  return finding('problem', 'namespace', `namespace ${to}`, what, remedy);
}

function nameFinding(group: Group): CompareFinding {
  const [{ prefix, suffix }] = group.moves as [Move];
  const keys = [
    ...(prefix === '' ? [] : [`namePrefix: ${prefix}`]),
    ...(suffix === '' ? [] : [`nameSuffix: ${suffix}`]),
  ];
  const what = `a tool renamed ${counted(group.objects.length, 'object')}: ${names(group.objects)}; ${INSIDE}`;
  const remedy = `take \`${keys.join('` and `')}\` out: names are fixed, as a cluster has one stack. To tell stacks apart set \`labels\` or \`namespace\` in stack.yaml`;
  return finding('problem', 'name', keys.join(', '), what, remedy);
}

/** Objects that moved alike. */
interface Group {
  readonly moves: Move[];
  readonly objects: string[];
}

function grouped(
  all: { readonly made: Pair['made']; readonly move: Move }[],
  keyOf: (move: Move) => string | undefined,
): Group[] {
  const groups = new Map<string, Group>();
  for (const { made, move } of all) {
    const key = keyOf(move);
    if (key === undefined) continue;
    const group = groups.get(key) ?? { moves: [], objects: [] };
    group.moves.push(move);
    group.objects.push(titleOf(made));
    groups.set(key, group);
  }
  return [...groups.values()];
}
