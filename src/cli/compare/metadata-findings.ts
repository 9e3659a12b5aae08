import { counted } from '../../settings/counted';
import { finding } from '../shared/finding';
import { names } from '../shared/table';
import type { CompareFinding, Found } from './finding';
import { titleOf } from './rendered';

/** A label or annotation that a tool added: to selectors, to pods, to objects. */
interface Added {
  readonly place: 'selector' | 'podLabels' | 'podAnnotations' | 'labels' | 'annotations';
  readonly text: string;
}

const PLACES: readonly (readonly [path: RegExp, place: Added['place']])[] = [
  [/^\/metadata\/labels\/[^/]+$/, 'labels'],
  [/^\/metadata\/annotations\/[^/]+$/, 'annotations'],
  [/^\/spec\/template\/metadata\/labels\/[^/]+$/, 'podLabels'],
  [/^\/spec\/template\/metadata\/annotations\/[^/]+$/, 'podAnnotations'],
  [/\/(matchLabels|selector)\/[^/]+$/, 'selector'],
];

/**
 * Labels and annotations that a tool added to many objects: a finding for each, not for each object.
 *
 * @param all the differences
 * @returns the findings, and which differences they explain
 */
export function metadataFindings(all: readonly Found[]): { findings: CompareFinding[]; explained: Set<Found> } {
  const groups = new Map<string, { readonly added: Added; readonly all: Found[] }>();
  for (const found of all) {
    const added = addedBy(found);
    if (added === undefined) continue;
    const key = JSON.stringify(added);
    const group = groups.get(key) ?? { added, all: [] };
    group.all.push(found);
    groups.set(key, group);
  }
  const findings = [...groups.values()].map(({ added, all: found }) => groupFinding(added, found));
  return { findings, explained: new Set([...groups.values()].flatMap((group) => group.all)) };
}

function addedBy({ difference: { path, got, made } }: Found): Added | undefined {
  if (made !== undefined || typeof got !== 'string') return undefined;
  const place = PLACES.find(([pattern]) =>
    pattern.test(`/${path.map((step) => step.replaceAll('/', '~')).join('/')}`),
  )?.[1];
  return place === undefined ? undefined : { place, text: `${path.at(-1)}: ${got}` };
}

function groupFinding({ place, text }: Added, all: readonly Found[]): CompareFinding {
  const objects = [...new Set(all.map(({ object }) => titleOf(object)))];
  if (place === 'selector') {
    const what = `a tool added it to the selectors of ${counted(objects.length, 'object')}: ${names(objects)}; policies then open nothing to pods without it, such as the cluster's DNS, and the selector of a DaemonSet cannot change`;
    const remedy =
      'take `commonLabels`, or `includeSelectors: true` of `labels`, out of the Kustomization, and set `labels` in stack.yaml';
    return finding('problem', 'selector', `label ${text}`, what, remedy);
  }
  const kind = /annotations/i.test(place) ? 'annotation' : 'label';
  const what = `a tool added it to ${place.startsWith('pod') ? 'the pods of ' : ''}${counted(objects.length, 'object')}: ${names(objects)}`;
  return finding('note', 'metadata', `${kind} ${text}`, what, `\`${place}\` in stack.yaml does the same`);
}
