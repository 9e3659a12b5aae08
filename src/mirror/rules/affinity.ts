import { isLabelKey, isLabelValue, LABEL_KEY, LABEL_VALUE } from '../../kubernetes/label';
import { type Draft, hasOthers, isGiven, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { NodeRequirementProps, NodeSelectorTermProps } from '../props/affinity-props';
import type { MirrorSettings } from '../props/mirror-settings';
import type { PodSettings } from '../props/pod-settings';

const PATH: Path = ['affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'];

/** Terms say something, of labels that can exist; and nodes that wait for a mirror get one. */
export function checkAffinity({ affinity, nodeReadiness }: Draft<MirrorSettings & PodSettings>): RuleProblem[] {
  if (affinity === undefined) return [];
  const terms = affinity.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return [
    ...(nodeReadiness === undefined ? [] : [invalidPlace(['affinity'], WAITING)]),
    ...present(terms).flatMap(([index, term]) => checkTerm(term, [...PATH, index])),
  ];
}

const WAITING =
  'with nodeReadiness, nodes that get no mirror would wait for one for good: choose nodes by nodeSelector';

function checkTerm(term: Draft<NodeSelectorTermProps>, path: Path): RuleProblem[] {
  const { matchExpressions, matchFields } = term;
  const empty =
    [matchExpressions, matchFields].every((list) => (list ?? []).length === 0) &&
    !hasOthers(term, ['matchExpressions', 'matchFields']);
  const isLost = isGiven(term, 'matchExpressions') && matchExpressions === undefined;
  if (empty && !isLost)
    return [invalidPlace(path, 'a term without requirements matches no node: write matchExpressions')];
  return [
    ...present(matchExpressions).flatMap(([index, one]) => checkLabel(one, [...path, 'matchExpressions', index])),
    ...present(matchFields).flatMap(([index, one]) => checkField(one, [...path, 'matchFields', index])),
  ];
}

function checkLabel({ key, operator, values }: Draft<NodeRequirementProps>, path: Path): RuleProblem[] {
  const wrongKey = key === undefined || isLabelKey(key) ? [] : [invalidValue([...path, 'key'], key, LABEL_KEY)];
  const wrongValues = present(values).flatMap(([index, value]) =>
    isLabelValue(value) ? [] : [invalidValue([...path, 'values', index], value, LABEL_VALUE)],
  );
  return [...wrongKey, ...wrongValues, ...checkValues(operator, values, path)];
}

function checkField({ key, operator, values }: Draft<NodeRequirementProps>, path: Path): RuleProblem[] {
  const problems: RuleProblem[] = [];
  if (key !== undefined && key !== 'metadata.name') {
    problems.push(
      invalidValue(
        [...path, 'key'],
        key,
        'expected metadata.name, the only field there is: labels go under matchExpressions',
      ),
    );
  }
  if (operator !== undefined && operator !== 'In' && operator !== 'NotIn') {
    problems.push(invalidValue([...path, 'operator'], operator, 'expected In or NotIn for a field'));
  } else if (values !== undefined && values.length !== 1) {
    problems.push(invalidPlace([...path, 'values'], 'expected one name: write a term for each node'));
  }
  return problems;
}

/** Each operator has as many values as it compares with. */
function checkValues(
  operator: NodeRequirementProps['operator'] | undefined,
  values: Draft<string[]> | undefined,
  path: Path,
): RuleProblem[] {
  const place = [...path, 'values'];
  const count = values?.length ?? 0;
  switch (operator) {
    case undefined:
      return [];
    case 'Exists':
    case 'DoesNotExist':
      return count === 0
        ? []
        : [invalidPlace(place, `it contradicts operator: ${operator}, which takes any value: leave it out`)];
    case 'Gt':
    case 'Lt':
      return count === 1 && (values?.[0] === undefined || /^[0-9]+$/.test(values[0]))
        ? []
        : [invalidPlace(place, `expected one whole number for operator: ${operator}, in quotes`)];
    default:
      return count > 0 ? [] : [invalidPlace(place, `missing; expected at least one value for operator: ${operator}`)];
  }
}
