import { harmOf } from '../kubernetes/harmful-keys';
import { formatPath } from '../settings/path';
import type { PatchOperationProps, PatchProps } from './patch-props';

/** Places that open nothing, with all that is below: where pods run, what they get, and how they are replaced. */
const HARMLESS = [
  /^[/]spec[/](updateStrategy|minReadySeconds|revisionHistoryLimit)([/]|$)/,
  /^[/]spec[/]template[/]spec[/](nodeSelector|affinity|tolerations|priorityClassName|terminationGracePeriodSeconds)([/]|$)/,
  /^[/]spec[/]template[/]spec[/](initC|c)ontainers[/][0-9]+[/]resources([/]|$)/,
];

/** A label or an annotation of an object or of the pods. */
const ADDED = /^([/]spec[/]template)?[/]metadata[/](labels|annotations)[/]([^/]+)$/;

/** Patches that may open one of the mirror's locks, as all but the harmless may: the user answers for them. */
export function patchWarnings(patches: readonly PatchProps[]): string[] {
  return patches.flatMap(({ target, patch }, index) => {
    const places = [...new Set(patch.flatMap(changedBy).filter((place) => !isHarmless(place)))];
    if (places.length === 0) return [];
    return [
      `${formatPath(['patches', index])}: nothing checks what this opens in ${target.kind} ${target.name}, at ${places.join(', ')}`,
    ];
  });
}

function changedBy({ op, path, from = '', value }: PatchOperationProps): string[] {
  if (op === 'test') return [];
  if (op === 'move') return [from, path];
  // An object may have no annotations yet, so that a patch has to add all.
  if (path !== '/metadata/annotations' || typeof value !== 'object' || value === null) return [path];
  return Object.keys(value).map((key) => `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}

function isHarmless(place: string): boolean {
  const key = ADDED.exec(place)?.[3]?.replaceAll('~1', '/').replaceAll('~0', '~');
  if (key === undefined) return HARMLESS.some((one) => one.test(place));
  return harmOf(key) === undefined;
}
