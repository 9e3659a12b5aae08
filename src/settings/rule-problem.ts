import { formatPath, type Path } from './path';
import { shown } from './shown';

/** A mistake in settings. */
export interface RuleProblem {
  /** Where it is. */
  readonly path: Path;
  /** The wrong value as it may be shown, when it helps. */
  readonly value?: string;
  /** What is wrong and what is allowed, in the user's words. */
  readonly message: string;
  /** The mistake is the key, not its value. */
  readonly atKey?: boolean;
}

/** A value that is wrong. */
export function invalidValue(path: Path, value: unknown, message: string): RuleProblem {
  return { path, value: shown(value), message };
}

/** Something about a place that is wrong whatever its value. */
export function invalidPlace(path: Path, message: string): RuleProblem {
  return { path, message };
}

/** A mistake as one line: `tls.port: got 99999; expected a whole number from 1 to 65535`. */
export function formatProblem({ path, value, message }: RuleProblem): string {
  const key = formatPath(path);
  return `${key === '' ? '' : `${key}: `}${value === undefined ? '' : `got ${value}; `}${message}`;
}
