import type { Check } from '../probe/check';
import type { SessionOptions } from '../probe/session';
import { CliError } from '../shared/cli-error';
import { secondsOf } from '../shared/duration';
import { TIMEOUTS } from '../shared/timeouts';
import { checksFor } from './checks';

/** Options of `check`. */
export interface CheckOptions extends SessionOptions {
  readonly pre: boolean;
  readonly pull: boolean;
  readonly image?: string;
  readonly wait?: string;
  readonly timeout?: string;
  readonly check?: string[];
}

/** The checks of a run, and its times. */
export interface Run {
  readonly checks: readonly Check[];
  /** How long it repeats checks with a problem. */
  readonly waitSeconds: number;
  /** How long it may take. */
  readonly timeoutSeconds: number;
}

/**
 * What the user chose.
 *
 * @throws CliError naming an option that is wrong
 */
export function chosenRun(options: CheckOptions): Run {
  const { pre, pull, image, json, junit, wait, timeout, check } = options;
  if (pre && pull) throw wrong('--pull: got --pre too; a pull proves an installed mirror, so expected one of the two');
  if (image !== undefined && !pull) throw wrong('--image: expected --pull too, as it names the image to pull');
  if (json && junit === '-')
    throw wrong('--junit: got "-" and --json too; expected a file, as only one can be printed');
  const all = checksFor(options);
  const names = all.map(({ name }) => name);
  const unknown = check?.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw wrong(`--check: got "${unknown}"; expected some of these: ${names.join(', ')}`);
  }
  const waitSeconds = wait === undefined ? 0 : secondsOf('--wait', wait);
  const timeoutSeconds = secondsOf('--timeout', timeout ?? TIMEOUTS.check) + (timeout === undefined ? waitSeconds : 0);
  return { checks: all.filter(({ name }) => check?.includes(name) ?? true), waitSeconds, timeoutSeconds };
}

function wrong(message: string): CliError {
  return new CliError('configuration', message);
}
