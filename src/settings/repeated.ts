import { type Draft, present } from './draft';
import type { Path } from './path';
import { formatPath } from './path';
import { invalidValue, type RuleProblem } from './rule-problem';

/** Items that a list has twice. */
export function checkRepeated(list: Draft<string[]> | undefined, path: Path): RuleProblem[] {
  const places = new Map<string, number>();
  return present(list).flatMap(([index, item]) => {
    const first = places.get(item) ?? index;
    if (first === index) {
      places.set(item, index);
      return [];
    }
    return [
      invalidValue([...path, index], item, `it is in the list already, as ${formatPath([...path.slice(-1), first])}`),
    ];
  });
}
