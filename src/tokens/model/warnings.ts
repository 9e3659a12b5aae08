import { daysBetween } from '../../settings/calendar';
import { counted } from '../../settings/counted';
import { formatPath } from '../../settings/path';
import type { ResolvedToken, ResolvedTokens } from './resolved';
import { NOTICES, retirementOf } from './retirement';
import { nextRotation } from './rotation';

/**
 * Dates ahead, in the user's words: ends of shared accounts and tokens, and rotations. Objects do not depend on it.
 *
 * @param tokens the cluster's tokens
 * @param day the day, as YYYY-MM-DD
 */
export function tokensWarnings({ organizations, tokens }: ResolvedTokens, day: string): string[] {
  return [...accountWarnings(organizations, day), ...tokens.flatMap((token) => tokenWarnings(token, day))];
}

function accountWarnings(organizations: ResolvedTokens['organizations'], day: string): string[] {
  return organizations.flatMap(({ sharedAccount }, index) => {
    if (sharedAccount === undefined) return [];
    const { lastDay, daysLeft, uses: declared } = retirementOf(sharedAccount, day);
    const uses = [...declared, ...sharedAccount.elsewhere];
    const { user, retireBy, extension } = sharedAccount;
    const key = formatPath(['tokens', index, 'sharedAccount']);
    if (uses.length === 0) return [];
    const still = `still used by: ${uses.join(', ')}`;
    if (extension !== undefined && daysBetween(day, retireBy) < 0) {
      const why = `beyond ${retireBy}, because: ${extension.reason}`;
      return [`${key}: the shared account ${user} may be used until ${lastDay} (${inDays(daysLeft)}) ${why}; ${still}`];
    }
    const notice = NOTICES.filter((days) => daysLeft <= days).at(-1);
    if (notice === undefined) return [];
    return [
      `${key}: ${URGENCY[notice]}the shared account ${user} ends ${inDays(daysLeft)}, after ${lastDay}; ${still}`,
    ];
  });
}

/** What a notice begins with. */
const URGENCY: { readonly [days: number]: string } = { 30: '', 7: 'SOON: ', 1: 'URGENT: ' };

function tokenWarnings(token: ResolvedToken, day: string): string[] {
  const { purpose, owner, expires } = token;
  const left = expires === undefined ? undefined : daysBetween(day, expires);
  if (left !== undefined && left < 0) {
    return [`token "${purpose}": it expired on ${expires}: ${owner} must make another`];
  }
  if (left !== undefined && left <= 30) {
    return [`token "${purpose}": it expires ${inDays(left)}, on ${expires}: ${owner} must make another`];
  }
  const due = nextRotation(token);
  if (due === undefined || daysBetween(day, due) >= 0) return [];
  return [`token "${purpose}": another was due on ${due}: ${owner} must make it`];
}

function inDays(days: number): string {
  if (days === 0) return 'today';
  return `in ${counted(days, 'day')}`;
}
