import { type Draft, isGiven } from '../../settings/draft';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { PodSettings } from '../props/pod-settings';

/** A pace is for rolling updates, and a number of nodes is whole. */
export function checkUpdateStrategy({ updateStrategy = {} }: Draft<PodSettings>): RuleProblem[] {
  const path = ['updateStrategy', 'rollingUpdate'];
  if (updateStrategy.type === 'OnDelete' && isGiven(updateStrategy, 'rollingUpdate')) {
    return [invalidPlace(path, 'it contradicts type: OnDelete, which replaces no pod by itself: leave one out')];
  }
  const count = updateStrategy.rollingUpdate?.maxUnavailable;
  if (typeof count !== 'number' || (Number.isInteger(count) && count >= 1 && count <= 100_000)) return [];
  return [invalidValue([...path, 'maxUnavailable'], count, 'expected a whole number of nodes from 1 to 100000')];
}
