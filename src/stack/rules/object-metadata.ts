import { isLabelValue, LABEL_VALUE } from '../../kubernetes/label';
import { mirrorLabels, objectLabels } from '../../kubernetes/names';
import { SUBSTITUTE } from '../../kubernetes/tool-annotations';
import { metadataKeyProblems } from '../../mirror/rules/pod-metadata';
import type { Draft } from '../../settings/draft';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { ObjectSettings } from '../object-settings';

/** The stack's own, with the pod security of the mirror's namespace. */
const TAKEN = [...Object.keys({ ...objectLabels, ...mirrorLabels }), 'pod-security.kubernetes.io/'];

/** Labels and annotations of objects can exist, and none takes the place of the stack's own. */
export function checkObjectMetadata({ labels = {}, annotations = {} }: Draft<ObjectSettings>): RuleProblem[] {
  return [
    ...Object.entries(labels).flatMap(([key, value]) => [
      ...metadataKeyProblems('labels', key, 'a label', TAKEN),
      ...(isLabelValue(value ?? '') ? [] : [invalidValue(['labels', key], value, LABEL_VALUE)]),
    ]),
    ...Object.keys(annotations).flatMap((key) =>
      metadataKeyProblems('annotations', key, 'an annotation', [SUBSTITUTE]),
    ),
  ];
}
