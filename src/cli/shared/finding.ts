/**
 * Levels, the worst first: a problem; unknown, as the command could not ask; a warning, which leaves the exit code; a note; and ok.
 */
export const LEVELS = ['problem', 'unknown', 'warning', 'note', 'ok'] as const;

/** How bad a finding is. */
export type Level = (typeof LEVELS)[number];

/** One result of a command's verdict. */
export interface Finding<Code extends string = string> {
  readonly level: Level;
  /** The kind of finding, for programs. */
  readonly code: Code;
  /** The object, token or subject that it is about; empty for the command as a whole. */
  readonly subject: string;
  /** What the command found. */
  readonly message: string;
  /**
   * The command or change that ends it.
   *
   * @default - the message says all
   */
  readonly fix?: string;
}

/** The exit code for findings: 1 with a problem, else 2 where the command could not ask, else 0. */
export function exitCodeFor(findings: readonly Finding[]): 0 | 1 | 2 {
  if (findings.some(({ level }) => level === 'problem')) return 1;
  return findings.some(({ level }) => level === 'unknown') ? 2 : 0;
}

/** A finding. */
export function finding<C extends string>(
  level: Level,
  code: C,
  subject: string,
  message: string,
  fix?: string,
): Finding<C> {
  return { level, code, subject, message, ...(fix === undefined ? {} : { fix }) };
}
