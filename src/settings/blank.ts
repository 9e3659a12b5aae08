import { type Draft, present } from './draft';
import type { Path } from './path';
import { type RuleProblem, wrong } from './rule-problem';

/** Items of a list that say nothing. */
export function checkBlank(list: Draft<string[]> | undefined, path: Path, wanted: string): RuleProblem[] {
  return present(list).flatMap(([index, item]) => (item.trim() === '' ? [wrong([...path, index], item, wanted)] : []));
}
