import { EXPECTED_DAY, isDay, today } from '../settings/calendar';
import { SettingsError } from '../settings/errors';

/**
 * The day on which dates are judged.
 *
 * @param given the day that the user gave, if any
 * @throws SettingsError when the given text is no day
 */
export function dayOf(given: string | undefined): string {
  const day = given ?? today();
  if (isDay(day)) return day;
  throw new SettingsError([{ file: '--today', key: '', value: JSON.stringify(day), message: EXPECTED_DAY }]);
}
