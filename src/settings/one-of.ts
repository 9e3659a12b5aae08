import { hasOthers } from './draft';
import type { Path } from './path';
import { invalidPlace, type RuleProblem } from './rule-problem';

/**
 * One of two keys is given, and not both.
 *
 * @param draft the mapping
 * @param path where it is
 * @param keys the two
 * @param beside keys that may stand beside them
 */
export function checkOneOf<T extends object>(
  draft: T,
  path: Path,
  [one, other]: [keyof T & string, keyof T & string],
  beside: (keyof T & string)[] = [],
): RuleProblem[] {
  if (draft[one] !== undefined && draft[other] !== undefined) {
    return [invalidPlace(path, `${one} and ${other} contradict each other: keep one`)];
  }
  return hasOthers(draft, beside) ? [] : [invalidPlace(path, `${one} or ${other} is missing: name one`)];
}
