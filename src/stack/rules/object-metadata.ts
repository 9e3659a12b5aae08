import { checkAddedAnnotations, checkAddedLabels } from '../../kubernetes/added-metadata';
import { mirrorLabels, objectLabels } from '../../kubernetes/names';
import type { Draft } from '../../settings/draft';
import type { RuleProblem } from '../../settings/rule-problem';
import type { ObjectSettings } from '../object-settings';

/** The stack's own. */
const TAKEN = Object.keys({ ...objectLabels, ...mirrorLabels });

/** Labels and annotations of objects can exist, and none takes the place of the stack's own. */
export function checkObjectMetadata({ labels = {}, annotations = {} }: Draft<ObjectSettings>): RuleProblem[] {
  return [...checkAddedLabels('labels', labels, TAKEN), ...checkAddedAnnotations('annotations', annotations)];
}
