import { CliError } from './cli-error';

const DURATION = /^(?:(\d{1,2})h)?(?:(\d{1,4})m)?(?:(\d{1,4})s)?$/;

/**
 * Seconds of a duration such as 90s, 5m or 1h30m.
 *
 * @param option the option that it was given for
 * @param text the duration
 */
export function secondsOf(option: string, text: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] = DURATION.exec(text) ?? [];
  const sum = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (sum > 0) return sum;
  throw new CliError('configuration', `${option}: got "${text}"; expected a duration such as 90s, 5m or 1h30m`);
}
