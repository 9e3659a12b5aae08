import { Spelling } from '../../../stack/spelling';
import { countTokens, fits } from '../../../tokens/model/quota';
import type { ResolvedOrganization, ResolvedToken, ResolvedTokens } from '../../../tokens/model/resolved';
import { datesOf, isProvided } from './dates';
import { stepsOf } from './steps';
import type { Plan, PlanQuota, PlanState, TokenPlan } from './types';

/** What a plan is made of. */
export interface PlanOptions {
  readonly cluster: ResolvedTokens;
  /** As YYYY-MM-DD. */
  readonly today: string;
  /**
   * Purposes that are planned.
   *
   * @default - all
   */
  readonly purposes?: readonly string[];
  /**
   * How commands are spelled for the user.
   *
   * @default - by their names alone
   */
  readonly spelling?: Spelling;
}

const ORDER: PlanState[] = ['overdue', 'running', 'due', 'later', 'unplanned', 'provided'];

/** Plans the next rotation of a cluster's tokens. */
export function planOf(options: PlanOptions): Plan {
  const { cluster, today, purposes } = options;
  const tokens = cluster.tokens
    .filter(({ purpose }) => purposes?.includes(purpose) ?? true)
    .map((token) => tokenPlan(token, options))
    .sort((one, other) => rank(one).localeCompare(rank(other)));
  const quotas = cluster.organizations.map(planQuota);
  const ok = tokens.every(({ state }) => state !== 'overdue') && quotas.every(({ fits }) => fits);
  return { cluster: cluster.name, today, ok, quotas, tokens };
}

function rank({ state, due }: TokenPlan): string {
  return `${ORDER.indexOf(state)} ${due ?? ''}`;
}

function tokenPlan(token: ResolvedToken, { cluster, today, spelling = new Spelling() }: PlanOptions): TokenPlan {
  const { purpose, kind, organization, registry, secret, owner } = token;
  const dates = datesOf(token, today);
  const { state, due, daysOver } = dates;
  const old = token.kind === 'pull' ? token.previousSecret : undefined;
  const previous = old ?? `${secret}-previous`;
  const account = cluster.organizations.find((all) => isOf(token, all))?.sharedAccount;
  const shared = old !== undefined && account?.secret === old;
  const sharedAccount = shared ? { user: account.user, lastDay: account.lastDay } : undefined;
  const context = { cluster: cluster.name, token, dates, previous, sharedAccount, spelling };
  return {
    ...{ purpose, kind, organization, registry, owner, state },
    ...(due === undefined ? {} : { due }),
    ...(daysOver === undefined ? {} : { daysOver }),
    notes: notesOf(token, state, dates.revoke, today),
    steps: isProvided(token) ? [] : stepsOf(context),
  };
}

function notesOf(token: ResolvedToken, state: PlanState, revoke: string | undefined, today: string): string[] {
  const { expires } = token;
  if (state === 'provided')
    return ["The kubelet's credential provider brings it: nothing is stored, nothing to rotate here."];
  if (expires !== undefined && expires < today) {
    return [`It expired on ${expires}: what uses it is refused, or goes on with another credential unnoticed.`];
  }
  if (state === 'unplanned')
    return ['No date: neither created nor expires is in stack.yaml. Write down what the registry shows.'];
  if (state !== 'running' && state !== 'later' && expires !== undefined && revoke !== undefined && expires < revoke) {
    return [`The old one works until ${expires} and no longer: be done with step 4 by then.`];
  }
  return [];
}

function isOf(token: ResolvedToken, organization: ResolvedOrganization): boolean {
  return organization.organization === token.organization && organization.registry === token.registry;
}

/** A previous token still exists beside its successor, unless it is the shared account. */
function planQuota(organization: ResolvedOrganization): PlanQuota {
  const quota = countTokens(organization.quota, organization.pull.length + organization.push.length);
  const { limit, tokens, twice, others, peak } = quota;
  const { pull, sharedAccount } = organization;
  const old = pull.filter(({ previousSecret: name }) => name !== undefined && name !== sharedAccount?.secret).length;
  return {
    organization: organization.organization,
    registry: organization.registry,
    now: tokens + others + old,
    replacedAtOnce: twice,
    peak,
    ...(limit === undefined ? {} : { limit }),
    fits: fits(quota),
  };
}
