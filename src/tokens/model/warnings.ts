import { daysBetween } from '../../settings/calendar';
import { counted } from '../../settings/counted';
import { formatPath } from '../../settings/path';
import type { TokensCluster } from './cluster';
import { type ResolvedToken, tokensOf } from './model';
import { NOTICES, namedElsewhere, retirementOf } from './retirement';
import { rotationOf } from './rotation';

/**
 * What comes due, in the user's words: ends of shared accounts and tokens, and rotations. Objects do not depend on it.
 *
 * @param cluster the settings, without mistakes
 * @param day the day, as YYYY-MM-DD
 */
export function tokensWarnings(cluster: TokensCluster, day: string): string[] {
  return [...accountWarnings(cluster, day), ...tokensOf(cluster).flatMap((token) => tokenWarnings(token, day))];
}

function accountWarnings(cluster: TokensCluster, day: string): string[] {
  return (cluster.tokens ?? []).flatMap(({ sharedAccount }, index) => {
    if (sharedAccount === undefined) return [];
    const { lastDay, daysLeft, uses: declared } = retirementOf(sharedAccount, day);
    const uses = [...declared, ...namedElsewhere(cluster, sharedAccount.secret)];
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
  const { purpose, props } = token;
  const left = props.expires === undefined ? undefined : daysBetween(day, props.expires);
  if (left !== undefined && left < 0) {
    return [`token "${purpose}": it expired on ${props.expires}: ${props.owner} is to make another`];
  }
  if (left !== undefined && left <= 30) {
    return [`token "${purpose}": it expires ${inDays(left)}, on ${props.expires}: ${props.owner} is to make another`];
  }
  const due = rotationOf(props);
  if (due === undefined || daysBetween(day, due) >= 0) return [];
  return [`token "${purpose}": another was due on ${due}: ${props.owner} has to make it`];
}

function inDays(days: number): string {
  if (days === 0) return 'today';
  return `in ${counted(days, 'day')}`;
}
