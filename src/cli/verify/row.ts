import type { ResolvedGuards } from '../../guards/resolved';
import type { ResolvedTokens } from '../../tokens/model/resolved';
import type { CheckContext, Runnable } from '../probe/check';
import { CliError } from '../shared/cli-error';
import type { Finding, Level } from '../shared/finding';
import type { Target } from './target';

/** What rows ask with, and what they attack. */
export interface VerifyContext extends CheckContext {
  readonly target: Target;
  readonly tokens: ResolvedTokens;
  /** What the settings have the API server refuse; nothing when undefined. */
  readonly guards?: ResolvedGuards;
  /**
   * The image that T17 pulls.
   *
   * @default - the proxy's
   */
  readonly image?: string;
}

/** A lock that may stop an attack. */
export type Lock =
  | 'mutual TLS'
  | 'policies'
  | 'admission'
  | 'loopback'
  | 'file modes'
  | 'settings'
  | 'rights of the mirror';

/** One row of the threat model, and how the command tries it. */
export interface Row extends Runnable<VerifyContext> {
  /** Its id in docs/security.md, such as T2. */
  readonly name: string;
  /** What the command tries; where it tries nothing, why not. */
  readonly tries: string;
  /** What has to come of it; empty where the command tries nothing. */
  readonly expected: string;
  /** Locks that stop it, each alone unless the page says otherwise; none where the command tries nothing. */
  readonly locks: readonly Lock[];
  /** Whether it runs with --disturb alone, as it disturbs a node for some seconds. */
  readonly disturbs?: boolean;
  /** Whether it is about the settings of the stack, whatever pods the command attacks. */
  readonly isOfStack?: boolean;
}

/** What became of one attack. */
export interface Attempt extends Finding {
  /** What the command did; empty where it did nothing. */
  readonly tried: string;
  readonly expected: string;
  /** What came of it. */
  readonly seen: string;
  /** What shows it, a line each. */
  readonly evidence: readonly string[];
}

/** What an attempt is made of. */
export interface AttemptParts {
  readonly tried: string;
  readonly seen: string;
  readonly evidence?: readonly string[];
  readonly fix?: string;
}

/** An attempt, as a finding. */
export function attempt(
  row: Pick<Row, 'name' | 'expected'>,
  level: Level,
  { tried, seen, evidence = [], fix }: AttemptParts,
): Attempt {
  return {
    level,
    code: row.name,
    subject: tried,
    message: seen,
    ...(fix === undefined ? {} : { fix }),
    tried,
    expected: row.expected,
    seen,
    evidence,
  };
}

/** The attempt, or why it could not be made: beside others of its row, which keep what they saw. */
export async function orUnknown(row: Pick<Row, 'name' | 'expected'>, run: () => Promise<Attempt>): Promise<Attempt> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return attempt(row, 'unknown', { tried: '', seen: error.message });
  }
}

/** An attack that the command did not try, and why. */
export function notTried(row: Pick<Row, 'name' | 'expected'>, level: 'note' | 'unknown', why: string): Attempt {
  return { ...attempt(row, level, { tried: '', seen: `not tried: ${why}` }) };
}
