import type { ClusterAccess } from '../kubectl/access';
import { CliError } from '../shared/cli-error';
import type { ClusterOptions } from '../shared/cluster';

/** Options of `check`. */
export interface CheckOptions extends ClusterOptions, ClusterAccess {
  readonly pre: boolean;
  readonly pull: boolean;
  readonly image?: string;
  readonly json: boolean;
  readonly junit?: string;
  readonly wait?: string;
  readonly timeout?: string;
  readonly check?: string[];
  readonly clean: boolean;
}

const UNITS: { readonly [unit: string]: number } = { h: 3600, m: 60, s: 1 };

/**
 * Seconds of a duration such as 90s, 5m or 1h30m.
 *
 * @param option the option that it was given for
 * @param text the duration
 */
export function secondsOf(option: string, text: string): number {
  if (!/^(?=\d)(\d{1,6}h)?(\d{1,6}m)?(\d{1,6}s)?$/.test(text)) {
    throw new CliError('configuration', `${option}: got "${text}"; expected a duration such as 90s, 5m or 1h30m`);
  }
  const parts = [...text.matchAll(/(\d+)([hms])/g)];
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0), 0);
}
