import { checkAddedAnnotations, checkAddedLabels } from '../../kubernetes/added-metadata';
import { mirrorLabels, objectLabels } from '../../kubernetes/names';
import { SUBSTITUTE } from '../../kubernetes/tool-annotations';
import type { Draft } from '../../settings/draft';
import type { RuleProblem } from '../../settings/rule-problem';
import type { ObjectSettings } from '../object-settings';

/** The stack's own, with the pod security of the mirror's namespace. */
const TAKEN = [...Object.keys({ ...objectLabels, ...mirrorLabels }), 'pod-security.kubernetes.io/'];

/** Labels and annotations of objects can exist, and none takes the place of the stack's own. */
export function checkObjectMetadata({ labels = {}, annotations = {} }: Draft<ObjectSettings>): RuleProblem[] {
  return [
    ...checkAddedLabels('labels', labels, TAKEN),
    ...checkAddedAnnotations('annotations', annotations, [SUBSTITUTE]),
  ];
}
