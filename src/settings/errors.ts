import { listed } from './listed';

/** A mistake in a file of settings. */
export interface Problem {
  /** The file. */
  readonly file: string;
  /** The line, from 1, unless the file cannot be read at all. */
  readonly line?: number;
  /** The column, from 1, unless the file cannot be read at all. */
  readonly column?: number;
  /** The key, such as `servers[0].tls.port`; empty for the file as a whole. */
  readonly key: string;
  /** The wrong value as it may be shown, when it helps: never a secret. */
  readonly value?: string;
  /** What is wrong and what is allowed. */
  readonly message: string;
}

/** All mistakes of a file of settings, in the order of the file. The message lists the first ones. */
export class SettingsError extends Error {
  /** The mistakes. */
  public readonly problems: Problem[];

  /**
   * @param problems the mistakes, in the order of the file
   */
  public constructor(problems: Problem[]) {
    super(listed(problems.map(line)).join('\n'));
    this.name = 'SettingsError';
    this.problems = problems;
  }
}

function line({ file, line, column, key, value, message }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  return `${place}: ${key === '' ? '' : `${key}: `}${value === undefined ? '' : `got ${value}; `}${message}`;
}
