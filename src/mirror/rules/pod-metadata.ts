import { checkAddedAnnotations, checkAddedLabels } from '../../kubernetes/added-metadata';
import { mirrorLabels, objectLabels } from '../../kubernetes/names';
import type { Draft } from '../../settings/draft';
import type { RuleProblem } from '../../settings/rule-problem';
import type { PodSettings } from '../props/pod-settings';

/** Labels of pods by which the mirror or the DaemonSet knows them, beside the ones that the stack sets. */
const TAKEN = [
  ...Object.keys({ ...objectLabels, ...mirrorLabels }),
  'controller-revision-hash',
  'pod-template-generation',
];

/** Labels and annotations of pods can exist, and none takes the place of the stack's own. */
export function checkPodMetadata({ podLabels = {}, podAnnotations = {} }: Draft<PodSettings>): RuleProblem[] {
  return [
    ...checkAddedLabels('podLabels', podLabels, TAKEN),
    ...checkAddedAnnotations('podAnnotations', podAnnotations),
  ];
}
