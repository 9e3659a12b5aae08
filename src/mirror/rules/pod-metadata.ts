import { isLabelKey, isLabelValue, LABEL_KEY, LABEL_VALUE } from '../../kubernetes/label';
import { mirrorLabels, stackLabels } from '../../kubernetes/names';
import type { Draft } from '../../settings/draft';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { PodSettings } from '../props/pod-settings';

/** Labels of pods by which the mirror or the DaemonSet knows them, beside the ones that the stack sets. */
const TAKEN = [
  ...Object.keys({ ...stackLabels, ...mirrorLabels }),
  'app.kubernetes.io/part-of',
  'app.kubernetes.io/version',
  'controller-revision-hash',
  'pod-template-generation',
];
const OWN = 'the stack sets it, and the mirror is known by it: choose another key';

/** Labels and annotations of pods can exist, and none takes the place of the stack's own. */
export function checkPodMetadata({ podLabels = {}, podAnnotations = {} }: Draft<PodSettings>): RuleProblem[] {
  return [
    ...Object.entries(podLabels).flatMap(([key, value]) => [
      ...metadataKeyProblems('podLabels', key, 'a label', TAKEN),
      ...(isLabelValue(value ?? '') ? [] : [invalidValue(['podLabels', key], value, LABEL_VALUE)]),
    ]),
    ...Object.keys(podAnnotations).flatMap((key) => metadataKeyProblems('podAnnotations', key, 'an annotation', [])),
  ];
}

/**
 * The key of a label or an annotation can exist, and is not one of the stack's own.
 *
 * @param list where it is
 * @param key the key
 * @param what what it is the key of
 * @param taken beginnings and whole keys that are the stack's own
 */
export function metadataKeyProblems(list: string, key: string, what: string, taken: readonly string[]): RuleProblem[] {
  const at = { path: [list, key], atKey: true };
  if (!isLabelKey(key)) return [{ ...at, message: `no key of ${what}: ${LABEL_KEY}` }];
  const isTaken = taken.some((own) => (own.endsWith('/') ? key.startsWith(own) : key === own));
  return isTaken || key.startsWith('secured-mirror/') ? [{ ...at, message: OWN }] : [];
}
