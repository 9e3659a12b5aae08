import { type Draft, present } from './draft';
import type { Path } from './path';
import { invalidValue, type RuleProblem } from './rule-problem';

/** Items of a list that say nothing. */
export function checkBlank(list: Draft<string[]> | undefined, path: Path, expected: string): RuleProblem[] {
  return present(list).flatMap(([index, item]) =>
    item.trim() === '' ? [invalidValue([...path, index], item, expected)] : [],
  );
}
