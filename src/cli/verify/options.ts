import type { SessionOptions } from '../probe/session';
import { CliError } from '../shared/cli-error';
import { secondsOf } from '../shared/duration';
import { TIMEOUTS } from '../shared/timeouts';
import { notTried, type Row } from './row';
import { rows } from './rows';

/** Options of `verify`. */
export interface VerifyOptions extends SessionOptions {
  readonly row?: string[];
  readonly disturb: boolean;
  /** The image that T17 pulls. */
  readonly image?: string;
  readonly timeout?: string;
  /** Namespace of the pods that it attacks; the mirror's when left out. */
  readonly namespace?: string;
  /** Labels of these pods; the mirror's when left out. */
  readonly selector?: string;
}

/** The rows of a run, and its time. */
export interface Run {
  readonly rows: readonly Row[];
  /** How long it may take. */
  readonly timeoutSeconds: number;
}

/**
 * What the user chose.
 *
 * @throws CliError naming an option that is wrong
 */
export function chosenRows({ row, disturb, image, json, junit, timeout }: VerifyOptions): Run {
  if (json && junit === '-')
    throw wrong('--junit: got "-" and --json too; expected a file, as only one can be printed');
  const names = rows.map(({ name }) => name);
  const unknown = row?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw wrong(`--row: got "${unknown}"; expected some of these: ${names.join(', ')}`);
  const disturbing = rows.find(({ name, disturbs }) => disturbs && row?.includes(name));
  if (disturbing !== undefined && !disturb) {
    throw wrong(`--row: ${disturbing.name} disturbs a node for some seconds; expected --disturb too`);
  }
  if (image !== undefined && !disturb)
    throw wrong('--image: expected --disturb too, as it names the image that T17 pulls');
  const chosen = rows.filter(({ name }) => row?.includes(name) ?? true);
  const timeoutSeconds = secondsOf('--timeout', timeout ?? TIMEOUTS.verify);
  return { rows: chosen.map((one) => (one.disturbs && !disturb ? withheld(one) : one)), timeoutSeconds };
}

/** A row that says that it was not asked for. */
function withheld(row: Row): Row {
  return { ...row, run: async () => [notTried(row, 'note', 'it disturbs a node for some seconds: --disturb')] };
}

function wrong(message: string): CliError {
  return new CliError('configuration', message);
}
