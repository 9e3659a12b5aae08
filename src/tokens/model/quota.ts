import type { ResolvedQuota } from './resolved';

/** The tokens of an organisation, counted. */
export interface TokenCount {
  /** How many it may have; nothing where that is not known. */
  readonly limit?: number;
  /** Tokens of the settings, without the ones that they replace. */
  readonly tokens: number;
  /** How many exist twice while they are replaced. */
  readonly twice: number;
  /** Tokens that are not in the settings. */
  readonly others: number;
  /** All of them while some are replaced. */
  readonly peak: number;
}

/**
 * Counts an organisation's tokens.
 *
 * @param quota how many it may have
 * @param tokens how many it has in the settings, of all clusters
 */
export function countTokens({ limit, others, replacedAtOnce }: ResolvedQuota, tokens: number): TokenCount {
  const twice = Math.min(tokens, replacedAtOnce);
  return { limit, tokens, twice, others, peak: tokens + twice + others };
}

/** Whether the tokens fit also while some are replaced. */
export function fits({ limit, peak }: TokenCount): boolean {
  return limit === undefined || peak <= limit;
}
