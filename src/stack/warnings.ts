import { formatPath } from '../settings/path';
import type { ResolvedTokens } from '../tokens/model/resolved';
import { tokensWarnings } from '../tokens/model/warnings';
import type { ClusterProps } from './cluster-props';

/**
 * What comes due, in the user's words, and what an apply takes away. Objects do not depend on it.
 *
 * @param cluster the settings, without mistakes
 * @param tokens its tokens
 * @param day the day, as YYYY-MM-DD
 */
export function warningsOf(cluster: ClusterProps, tokens: ResolvedTokens, day: string): string[] {
  return [...tokensWarnings(tokens, day), ...listWarnings(cluster, tokens)];
}

/** OpenShift, where it is known to be that, lists a Secret of its own in every ServiceAccount. */
function listWarnings({ network }: ClusterProps, { organizations }: ResolvedTokens): string[] {
  if (network?.dns?.preset !== 'openshift') return [];
  return organizations.flatMap(({ pull }, organization) =>
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
