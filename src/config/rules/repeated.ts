import type { Path } from '../path';
import { formatPath } from '../path';
import { type Draft, present } from './draft';
import { type RuleProblem, wrong } from './rule-problem';

/** Items that a list has twice. */
export function checkRepeated(list: Draft<string[]> | undefined, path: Path): RuleProblem[] {
  return present(list).flatMap(([index, item]) => {
    const first = list?.indexOf(item) ?? index;
    if (first === index) return [];
    return [wrong([...path, index], item, `it is in the list already, as ${formatPath([...path.slice(-1), first])}`)];
  });
}
