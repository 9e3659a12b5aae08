import { EXPECTED_DAY, isDay, today } from '../settings/calendar';
import { checkSettings } from '../settings/check-settings';
import type { Draft } from '../settings/draft';
import { plainOf } from '../settings/plain';
import { invalidValue, type RuleProblem } from '../settings/rule-problem';
import { credentialKeys } from './credential-keys';
import { schemaOfType } from './schemas';

/**
 * Every mistake that the schema of a type of the library sees, and what rules find in the rest.
 *
 * @param given the settings, of whatever form
 * @param type the name of their type
 * @param rules what the schema cannot say
 */
export function checkProps<T extends object>(
  given: unknown,
  type: string,
  rules: (left: Draft<T>) => RuleProblem[] = () => [],
): RuleProblem[] {
  return checkSettings<T>(plainOf(given), schemaOfType(type), credentialKeys, rules);
}

/** The same for settings with the day on which dates are judged. */
export function checkDatedProps<T extends object>(
  given: unknown,
  type: string,
  rules: (left: Draft<T>, day: string) => RuleProblem[],
): RuleProblem[] {
  return checkProps<T & { readonly today?: string }>(given, type, (left) => {
    const { today: day = today() } = left as { readonly today?: string };
    if (isDay(day)) return rules(left as Draft<T>, day);
    return [invalidValue(['today'], day, EXPECTED_DAY), ...rules(left as Draft<T>, today())];
  });
}
