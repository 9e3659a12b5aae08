import { counted } from '../../settings/counted';
import { type Problem, SettingsError } from '../../settings/errors';
import { CliError } from './cli-error';
import { clearLine } from './progress';

/** Each message on stderr begins so. */
const PREFIX = 'secure-mirror: ';

/** Says something on stderr. */
export function notice(text: string): void {
  clearLine();
  console.error(`${PREFIX}${text}`);
}

/** Says on stderr what the user should look at, though the command did its work. */
export function warning(text: string): void {
  notice(`warning: ${text}`);
}

/**
 * Says why a command failed. The mistakes of a file follow as lines of the form `file:line:column: message`, which editors know.
 *
 * @param error the error: one that the user can mend needs no stack trace, any other does
 */
export function complain(error: unknown): void {
  if (error instanceof SettingsError && error.problems[0]?.line !== undefined) {
    notice(`${error.problems[0].file} has ${counted(error.problems.length, 'mistake')}`);
    console.error(error.message);
  } else if (error instanceof CliError || error instanceof SettingsError) {
    notice(error.message);
  } else {
    notice(`internal error: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  }
}

/** An error for programs. */
export interface ErrorValue {
  readonly kind: string;
  readonly message: string;
  /** The mistakes of a file. */
  readonly problems?: readonly Problem[];
}

/** An error for programs: of the kind `settings` for mistakes in a file, and `internal` where it is none of the user's. */
export function errorValue(error: unknown): ErrorValue {
  if (error instanceof SettingsError) return { kind: 'settings', message: error.message, problems: error.problems };
  const message = error instanceof Error ? error.message : String(error);
  return { kind: error instanceof CliError ? error.kind : 'internal', message };
}
