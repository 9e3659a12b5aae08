import { formatPath } from '../settings/path';
import { tokensWarnings } from '../tokens/model/warnings';
import { patchWarnings } from './patch-warnings';
import type { ResolvedStack } from './resolve';
import type { Spelling } from './spelling';

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

/**
 * Prints a cluster's warnings to stderr.
 *
 * @param cluster the cluster
 * @param spelling how commands are spelled for the user, about this cluster
 */
export function warn(cluster: { readonly name: string; readonly warnings: string[] }, spelling: Spelling): void {
  const { name, warnings } = cluster;
  for (const warning of warnings) {
    console.error(`warning: cluster ${name}: ${warning}`);
  }
  if (warnings.some((warning) => warning.startsWith('token '))) {
    console.error(`what to do about tokens, and when: ${spelling.plan()}`);
  }
}
