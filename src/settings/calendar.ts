const DAY = 24 * 3600_000;

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
  const time = Date.parse(`${day}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

/**
 * The day some days later, or earlier.
 *
 * @param day as YYYY-MM-DD
 * @param days how many
 */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/**
 * How many days it is from one day to another; negative when that was before.
 *
 * @param from as YYYY-MM-DD
 * @param to as YYYY-MM-DD
 */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}
