import { addDays, daysBetween } from '../../../settings/calendar';
import type { ResolvedToken } from '../../../tokens/model/resolved';
import { later, nextRotation } from '../../../tokens/model/rotation';
import type { PlanState } from './types';

/** Days before a rotation's day on which it begins. */
const LEAD_DAYS = 14;

/** Where a rotation stands, and its days as YYYY-MM-DD: none of them where none is known. */
export interface PlanDates {
  readonly state: PlanState;
  /** Day on which the old one is revoked. */
  readonly due?: string;
  readonly daysOver?: number;
  readonly make?: string;
  readonly handOver?: string;
  readonly revoke?: string;
  readonly remove?: string;
}

/**
 * The days of a token's next rotation. A late one begins today and still waits for a refresh before the old one is revoked. One whose
 * `previousSecret` is named runs already.
 *
 * @param token the token
 * @param today as YYYY-MM-DD
 */
export function datesOf(token: ResolvedToken, today: string): PlanDates {
  if (isProvided(token)) return { state: 'provided' };
  const wait = refreshDays(token.externalSecret?.refreshInterval);
  const lead = Math.max(LEAD_DAYS, wait + 3);
  if (isRunning(token)) return running(token.created, lead, today);
  const due = nextRotation(token);
  if (due === undefined) return { state: 'unplanned' };
  const begin = addDays(due, -lead);
  const make = later(begin, today);
  const handOver = make === begin ? addDays(make, 1) : make;
  const revoke = later(due, addDays(handOver, wait + 1));
  const state = begin <= today ? 'due' : 'later';
  return { ...judged(state, due, today), make, handOver, revoke, remove: addDays(revoke, 1) };
}

/** Whether a credential provider brings the credential. */
export function isProvided(token: ResolvedToken): boolean {
  return token.kind === 'pull' && token.credentialProvider !== undefined;
}

/** Whether an older token is still in use beside it. */
export function isRunning(token: ResolvedToken): boolean {
  return token.kind === 'pull' && token.previousSecret !== undefined;
}

/** The new one is there since `created`: the old one is revoked as long after that as in any rotation. */
function running(created: string | undefined, lead: number, today: string): PlanDates {
  if (created === undefined) return { state: 'running' };
  const due = addDays(created, lead);
  const revoke = later(due, today);
  const handOver = later(addDays(created, 1), today);
  return { ...judged('running', due, today), handOver, revoke, remove: addDays(revoke, 1) };
}

function judged(state: PlanState, due: string, today: string): Pick<PlanDates, 'state' | 'due' | 'daysOver'> {
  return due < today ? { state: 'overdue', due, daysOver: daysBetween(due, today) } : { state, due };
}

/** Days in which a change of the store, if there is one, has reached the cluster, rounded up. */
function refreshDays(interval: string | undefined): number {
  if (interval === undefined) return 1;
  const seconds = { s: 1, m: 60, h: 3600 }[interval.slice(-1)] ?? 60;
  return Math.ceil((Number.parseInt(interval, 10) * seconds) / 86_400);
}
