import { formatPath } from '../settings/path';
import { tokensWarnings } from '../tokens/model/warnings';
import type { ClusterProps } from './cluster-props';

/**
 * Deadlines of tokens and shared accounts, and lists that an apply replaces, in the user's words. Objects do not depend on them.
 *
 * @param cluster the settings, without mistakes
 * @param day the day, as YYYY-MM-DD
 */
export function warningsOf(cluster: ClusterProps, day: string): string[] {
  return [...tokensWarnings(cluster, day), ...listWarnings(cluster)];
}

/** OpenShift, where it is known to be that, lists a Secret of its own in every ServiceAccount. */
function listWarnings({ network, tokens = [] }: ClusterProps): string[] {
  if (network?.dns?.preset !== 'openshift') return [];
  return tokens.flatMap(({ pull = [] }, organization) =>
    pull.flatMap(({ bindTo, credentialProvider, previousSecret }, token) =>
      bindTo.flatMap(({ namespace, serviceAccounts, apply = true }, binding) => {
        if (!apply || (credentialProvider !== undefined && previousSecret === undefined)) return [];
        const key = formatPath(['tokens', organization, 'pull', token, 'bindTo', binding]);
        const lost = serviceAccounts.map((account) => `${account}-dockercfg-… off ${namespace}/${account}`).join(', ');
        const instead = 'say apply: false, and tokens drift prints a patch that keeps it';
        return [`${key}: applying sets the whole list of pull secrets, which takes OpenShift's ${lost}: ${instead}`];
      }),
    ),
  );
}
