import { formatPath } from '../settings/path';
import { tokensWarnings } from '../tokens/model/warnings';
import { patchWarnings } from './patch-warnings';
import type { ResolvedStack } from './resolve';

/**
 * Deadlines of tokens and shared accounts, lists that an apply replaces, and patches of locks, in the user's words. Objects do not depend on them.
 *
 * @param stack the cluster's settings
 * @param day the day, as YYYY-MM-DD
 */
export function warningsOf(stack: ResolvedStack, day: string): string[] {
  return [...tokensWarnings(stack.tokens, day), ...listWarnings(stack), ...patchWarnings(stack.patches)];
}

/** OpenShift, where it is known to be that, lists a Secret of its own in every ServiceAccount. */
function listWarnings({ mirror, tokens }: ResolvedStack): string[] {
  if (mirror.network.dnsPreset !== 'openshift') return [];
  return tokens.organizations.flatMap(({ pull }, organization) =>
    pull.flatMap(({ bindTo, credentialProvider, previousSecret }, token) =>
      bindTo.flatMap(({ namespace, serviceAccounts, apply }, binding) => {
        if (!apply || (credentialProvider !== undefined && previousSecret === undefined)) return [];
        const key = formatPath(['tokens', organization, 'pull', token, 'bindTo', binding]);
        const lost = serviceAccounts.map((account) => `${account}-dockercfg-… off ${namespace}/${account}`).join(', ');
        const instead = 'say apply: false, and tokens drift prints a patch that keeps it';
        return [`${key}: applying sets the whole list of pull secrets, which takes OpenShift's ${lost}: ${instead}`];
      }),
    ),
  );
}
