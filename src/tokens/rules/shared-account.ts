import { isDay } from '../../settings/calendar';
import { isDnsName } from '../../settings/dns';
import { type Draft, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { TokensCluster } from '../model/resolved';
import { lastDayOf, namedElsewhere, retirementOf } from '../model/retirement';
import { checkUses } from './token';

/** A shared account is used until its day, and not after it. The mistake names everything that still uses it. */
export function checkSharedAccount(cluster: Draft<TokensCluster>, index: number, today: string): RuleProblem[] {
  const account = cluster.tokens?.[index]?.sharedAccount;
  if (account === undefined) return [];
  const path: Path = ['tokens', index, 'sharedAccount'];
  const { retireBy, extension, usedBy = {} } = account;
  const until = extension?.until;
  const accounts = present(usedBy.serviceAccounts).flatMap(([at, { names }]) =>
    present(names).flatMap(([nth, name]) => {
      const place = [...path, 'usedBy', 'serviceAccounts', at, 'names', nth];
      return isDnsName(name)
        ? []
        : [invalidValue(place, name, 'expected the name of a ServiceAccount, such as default')];
    }),
  );
  const own = [...accounts, ...checkUses(usedBy, [...path, 'usedBy'])];
  if (retireBy === undefined) return own;
  if (!isDay(retireBy)) return [...own, invalidValue([...path, 'retireBy'], retireBy, 'there is no such day')];
  if (extension !== undefined && (until === undefined || !isDay(until) || until <= retireBy)) {
    const message = `it is not a day after retireBy, ${retireBy}`;
    return [...own, ...(until === undefined ? [] : [invalidValue([...path, 'extension', 'until'], until, message)])];
  }
  const { lastDay, daysLeft, uses } = retirementOf(
    {
      lastDay: lastDayOf({ retireBy, ...(until === undefined ? {} : { extension: { until } }) }),
      usedBy: {
        serviceAccounts: present(usedBy.serviceAccounts).map(([, { namespace = '?', names }]) => ({
          namespace,
          names: textsOf(names),
        })),
        workflows: textsOf(usedBy.workflows),
        developers: textsOf(usedBy.developers),
      },
    },
    today,
  );
  const all = [...uses, ...namedElsewhere(cluster, account.secret)];
  if (daysLeft >= 0 || all.length === 0) return own;
  const message =
    `the shared account ended after ${lastDay} (today is ${today}) and is still used by: ${all.join(', ')}. ` +
    'Move each to a token of its own and take it out here; or set extension, with a day and a reason';
  return [
    ...own,
    invalidValue(until === undefined ? [...path, 'retireBy'] : [...path, 'extension', 'until'], lastDay, message),
  ];
}

function textsOf(list: (string | undefined)[] | undefined): string[] {
  return present(list).map(([, text]) => text);
}
