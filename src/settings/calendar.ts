const MILLISECONDS = 24 * 3600_000;

/** The form of a day. Days in the schema have the same pattern. */
export const DAY = /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/;

/** What a mistake says where a day is expected. */
export const EXPECTED_DAY = 'expected a day, such as 2025-06-15';

/** Today, in UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/**
 * Whether there is such a day.
 *
 * @param day as YYYY-MM-DD
 */
export function isDay(day: string): boolean {
  // Date.parse takes 31 February for a day of March.
  return DAY.test(day) && addDays(day, 0) === day;
}

/**
 * The day some days later, or earlier.
 *
 * @param day as YYYY-MM-DD
 * @param days how many
 */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * MILLISECONDS).toISOString().slice(0, 10);
}

/**
 * How many days it is from one day to another; negative when that was before.
 *
 * @param from as YYYY-MM-DD
 * @param to as YYYY-MM-DD
 */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MILLISECONDS);
}
