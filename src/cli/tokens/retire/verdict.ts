import type { ResolvedTokens } from '../../../tokens/model/resolved';
import { retirementOf } from '../../../tokens/model/retirement';
import type { KubectlCommand } from '../../kubectl/kubectl-command';
import type { ClusterUse } from '../use/facts';
import type { Account, RetireVerdict } from './facts';
import { findAccount } from './holdings';
import { nextSteps, takeOut } from './next';

/** The shared accounts of a cluster's settings. */
export function accountsOf({ namespace: mirror, organizations, tokens, serviceAccounts }: ResolvedTokens): Account[] {
  const bound = serviceAccounts.filter(({ applied }) => applied);
  // In the mirror's namespace all is the stack's.
  const applied: Account['applied'] = ({ kind, namespace, name, rest }) =>
    namespace === mirror
      ? rest
      : bound.find((one) => kind === 'ServiceAccount' && one.namespace === namespace && one.name === name)?.secrets;
  return organizations.flatMap(({ sharedAccount: account }) => {
    if (account === undefined) return [];
    const byUser = !tokens.some((token) => token.registry === account.registry && token.user === account.user);
    return [{ ...account, byUser, applied }];
  });
}

/**
 * Where a shared account still is, and what to do next.
 *
 * @param account the account
 * @param use what the cluster uses
 * @param today the day on which dates are judged
 * @param kubectlCommand the beginning of a command for a namespace
 */
export function retireVerdict(
  account: Account,
  use: ClusterUse,
  today: string,
  kubectlCommand: KubectlCommand,
): RetireVerdict {
  const { organization, registry, user, secret, retireBy, extension, byUser, applied } = account;
  const { lastDay, daysLeft, uses } = retirementOf(account, today);
  const declared = [...uses, ...account.elsewhere];
  const { holdings, dangling } = findAccount(account, use);
  return {
    ...{ organization, registry, user, secret, lastDay, daysLeft, byUser },
    ...(extension ? { extended: { from: retireBy, reason: extension.reason } } : {}),
    declared,
    namespaces: holdings.map((holding) => ({ ...holding, next: nextSteps(holding, applied, kubectlCommand) })),
    dangling: dangling.map((reference) => takeOut(reference, applied, kubectlCommand)),
    gone: holdings.length === 0 && declared.length === 0,
  };
}
