import type { OrganizationTokensProps } from '../props/organization-tokens-props';

/** How many tokens Docker's plans have (https://docs.docker.com/enterprise/security/access-tokens/). */
const PLANS = { team: 10, business: 100 };

/** The tokens of an organisation against what it may have. */
export interface Quota {
  /** What it may have; nothing where that is not known. */
  readonly limit?: number;
  /** Those of the list, without what they take the place of. */
  readonly tokens: number;
  /** How many are there twice while they are replaced. */
  readonly twice: number;
  /** Those that are not in the list. */
  readonly others: number;
  /** All of them while some are replaced. */
  readonly peak: number;
}

/**
 * Counts an organisation's tokens.
 *
 * @param organization the organisation
 * @param tokens how many it has in the list; more than its own where other clusters have more
 */
export function quotaOf(organization: Partial<OrganizationTokensProps>, tokens = countOf(organization)): Quota {
  const { plan, limit, others = 0, replacedAtOnce = tokens } = organization.quota ?? {};
  const twice = Math.min(tokens, replacedAtOnce);
  return {
    limit: limit ?? (plan === undefined ? undefined : PLANS[plan]),
    tokens,
    twice,
    others,
    peak: tokens + twice + others,
  };
}

/** Whether the tokens fit also while some are replaced. */
export function fits({ limit = Number.POSITIVE_INFINITY, peak }: Quota): boolean {
  return peak <= limit;
}

function countOf({ pull = [], push = [] }: Partial<OrganizationTokensProps>): number {
  return pull.length + push.length;
}
