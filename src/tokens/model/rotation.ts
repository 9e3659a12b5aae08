import { addDays } from '../../settings/calendar';
import type { ResolvedToken } from './resolved';

/** Days that must be left of a token's life when another takes its place. */
const SPARE_DAYS = 14;

/** Docker's longest life of a token that expires, in days. */
const LONGEST_LIFE = 365;

/** What the dates of a rotation come from. */
export type Dated = Pick<ResolvedToken, 'created' | 'expires' | 'rotateEveryDays'>;

/**
 * Day on which another token has taken a token's place and the old one is revoked: `rotateEveryDays` after it was made, and at least
 * 14 days before it expires, but never before it was made.
 *
 * @param token the token
 * @returns as YYYY-MM-DD; nothing when neither `created` nor `expires` is known
 */
export function nextRotation({ created, expires, rotateEveryDays }: Dated): string | undefined {
  const byAge = created === undefined ? undefined : addDays(created, rotateEveryDays);
  if (expires === undefined) return byAge;
  const byExpiry = addDays(expires, -SPARE_DAYS);
  const day = byAge === undefined ? byExpiry : earlier(byAge, byExpiry);
  return created === undefined ? day : later(day, created);
}

/**
 * Expiry to give to a token, as Docker cannot change it later: its next rotation is then `rotateEveryDays` after it was made, or as
 * late as a life of a year allows.
 *
 * @param made day on which it is made, as YYYY-MM-DD
 * @param rotateEveryDays days after which another takes its place
 */
export function expiryFor(made: string, rotateEveryDays: number): string {
  return addDays(made, Math.min(rotateEveryDays + SPARE_DAYS, LONGEST_LIFE));
}

/** The earlier of two days. */
export function earlier(one: string, other: string): string {
  return one < other ? one : other;
}

/** The later of two days. */
export function later(one: string, other: string): string {
  return one < other ? other : one;
}
