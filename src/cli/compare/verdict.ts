import { counted } from '../../settings/counted';
import { shown } from '../../settings/shown';
import { finding } from '../shared/finding';
import { names } from '../shared/table';
import { type Difference, differencesOf, pointerOf } from './differences';
import type { CompareFinding, Found } from './finding';
import { metadataFindings } from './metadata-findings';
import { moveFindings } from './move-findings';
import { type Move, paired } from './moves';
import { remedyFor, remedyForMissing } from './remedies';
import { type RenderedObject, titleOf } from './rendered';
import { isChangedByTools, isOfTools } from './tool-metadata';

/** What stack.yaml makes, and what a tool made of it. */
export interface Comparison {
  readonly made: readonly RenderedObject[];
  readonly rendered: readonly RenderedObject[];
  /** The images of the settings, by their keys. */
  readonly images: { readonly [key: string]: string };
}

/** More differences of one object are counted, not listed. */
const LISTED = 8;

/** What differs, object by object; what tools add by themselves is no finding. */
export function compareFindings({ made, rendered, images }: Comparison): CompareFinding[] {
  const { pairs, missing, twice } = paired(made, rendered);
  const moves = pairs.flatMap(({ move }) => (move === undefined ? [] : [move]));
  const all = pairs.flatMap((pair): Found[] =>
    differencesOf(pair.got, pair.made)
      .filter((difference) => !isExpected(difference, moves) && !(pair.move !== undefined && isName(difference)))
      .map((difference) => ({ object: pair.made, difference })),
  );
  const ofMetadata = metadataFindings(all);
  const others = all.filter((found) => !ofMetadata.explained.has(found));
  return [
    ...moveFindings(pairs),
    ...missing.map((object) =>
      finding('problem', 'missing', titleOf(object), 'it is not among the rendered objects', remedyForMissing(object)),
    ),
    ...twice.map((object) =>
      finding('problem', 'twice', titleOf(object), 'it is rendered twice', 'name the folder of the manifests once'),
    ),
    ...ofMetadata.findings,
    ...byObject(others).flatMap((found) => listed(found, images)),
  ];
}

function isName({ path: [first, second = ''] }: Difference): boolean {
  return first === 'metadata' && ['name', 'namespace'].includes(second);
}

/** Names that moved are in other objects too; each move is one finding. And tools mark their objects. */
function isExpected(difference: Difference, moves: Move[]): boolean {
  const { path, got, made } = difference;
  const [first, second, key = ''] = path;
  if (first === 'metadata' && path.length === 3 && (second === 'labels' || second === 'annotations')) {
    if (made === undefined ? isOfTools(key) : isChangedByTools(key) && got !== undefined) return true;
  }
  if (typeof got !== 'string' || typeof made !== 'string') return false;
  return moves.some(
    ({ from, to, prefix, suffix }) => (made === from && got === to) || got === `${prefix}${made}${suffix}`,
  );
}

function byObject(all: Found[]): Found[][] {
  const objects = new Map<RenderedObject, Found[]>();
  for (const found of all) objects.set(found.object, [...(objects.get(found.object) ?? []), found]);
  return [...objects.values()];
}

function listed(all: Found[], images: Comparison['images']): CompareFinding[] {
  const first = all.slice(0, LISTED).map((found) => differenceFinding(found, images));
  const others = all.slice(LISTED).map(({ difference }) => pointerOf(difference));
  const [{ object }] = all as [Found];
  return others.length === 0
    ? first
    : [
        ...first,
        finding(
          'problem',
          'changed',
          titleOf(object),
          `${counted(others.length, 'more place')} differ: ${names(others)}`,
        ),
      ];
}

function differenceFinding({ object, difference }: Found, images: Comparison['images']): CompareFinding {
  const { got, made } = difference;
  const pointer = pointerOf(difference);
  const subject = titleOf(object);
  const what = `${pointer}: got ${told(got, made)}; stack.yaml makes ${told(made, got)}`;
  if (typeof made === 'string' && made.includes('${') && typeof got === 'string') {
    const isText = object.kind === 'ConfigMap' && pointer.startsWith('/data/');
    const remedy = isText
      ? 'keep its annotation kustomize.toolkit.fluxcd.io/substitute: disabled, and let no other tool replace variables in its texts'
      : 'write the value itself into stack.yaml: synth checks it there';
    return finding(
      isText ? 'problem' : 'warning',
      'substituted',
      subject,
      `${what}: something replaced a variable`,
      remedy,
    );
  }
  if (/\/(initContainers|containers)\/[^/]+\/image$/.test(pointer)) {
    const key = Object.entries(images).find(([, image]) => image === made)?.[0];
    const remedy = `take the image out of the tool, and set \`images${key === undefined ? '' : `.${key}`}\` in stack.yaml`;
    return finding('problem', 'image', subject, what, remedy);
  }
  return finding('problem', 'changed', subject, what, remedyFor(pointer));
}

/** A value in a message: of texts with several lines, the first line that is another. */
function told(value: unknown, other: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${counted(value.length, 'item')}`;
  if (typeof value !== 'string' || typeof other !== 'string' || !value.includes('\n')) return shown(value);
  const [lines, others] = [value.split('\n'), other.split('\n')];
  const at = lines.findIndex((line, index) => line !== others[index]);
  return at < 0 ? counted(lines.length, 'line') : `${shown(lines[at]?.trim())} in line ${at + 1}`;
}
