import { checkLabels, isLabelKey, isLabelValue, LABEL_KEY, LABEL_VALUE } from '../../kubernetes/label';
import { type Draft, isBroken, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { MirrorSettings } from '../props/mirror-settings';
import type { TolerationProps } from '../props/toleration-props';

/** Nodes are selected by labels and taints that can exist. */
export function checkNodes({ nodeSelector = {}, tolerations }: Draft<MirrorSettings>): RuleProblem[] {
  return [
    ...checkLabels(nodeSelector, ['nodeSelector']),
    ...checkSystem(nodeSelector['kubernetes.io/os']),
    ...present(tolerations).flatMap(([index, toleration]) => checkToleration(toleration, ['tolerations', index])),
  ];
}

function checkSystem(os: string | undefined): RuleProblem[] {
  if (os === undefined || os === 'linux' || !isLabelValue(os)) return [];
  return [
    invalidValue(['nodeSelector', 'kubernetes.io/os'], os, 'the mirror runs on Linux nodes only: leave this out'),
  ];
}

function checkToleration(toleration: Draft<TolerationProps>, path: Path): RuleProblem[] {
  const { key, operator, value, effect, tolerationSeconds: seconds } = toleration;
  const problems: RuleProblem[] = [];
  const broken = isBroken(toleration, 'key') || isBroken(toleration, 'operator');
  if (key === undefined && operator !== 'Exists' && !broken) {
    problems.push(invalidPlace(path, 'without a key every taint is meant: name a key, or write operator: Exists'));
  }
  if (operator === 'Exists' && value !== undefined) {
    problems.push(
      invalidValue([...path, 'value'], value, 'it contradicts operator: Exists, which takes any value: leave one out'),
    );
  }
  if (seconds !== undefined && effect !== 'NoExecute' && !isBroken(toleration, 'effect')) {
    const message = 'seconds are for taints that end pods: say effect: NoExecute beside it, or leave it out';
    problems.push(invalidValue([...path, 'tolerationSeconds'], seconds, message));
  }
  if (key !== undefined && !isLabelKey(key)) problems.push(invalidValue([...path, 'key'], key, LABEL_KEY));
  if (value !== undefined && !isLabelValue(value)) problems.push(invalidValue([...path, 'value'], value, LABEL_VALUE));
  return problems;
}
