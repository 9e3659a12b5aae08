import type { ResolvedMirror } from '../mirror/resolved';
import type { GuardsSettings } from './props/guards-settings';
import type { ResolvedGuards } from './resolved';

/**
 * Gives every setting of the guards its value; nothing where none is installed.
 *
 * @param settings the settings, without mistakes
 * @param mirror the settings of the mirror
 */
export function resolveGuards({ guards }: GuardsSettings, mirror: ResolvedMirror): ResolvedGuards | undefined {
  if (guards === undefined) return undefined;
  const { action = 'Deny', webhooks, probes, mirrorNamespace, privateRepositories, certificates } = guards;
  const { groups = [], fieldManagers = [] } = mirrorNamespace?.operators ?? {};
  return {
    namespace: mirror.namespace,
    cidrs: mirror.network.cidrs,
    webhooks: {
      action,
      allowedHosts: [],
      publicHosts: false,
      allowedServices: [],
      endpointControllers: [],
      ...webhooks,
    },
    probes: { action, exceptNamespaces: [], ...probes },
    mirrorNamespace: { action, ...mirrorNamespace, operators: { groups, fieldManagers } },
    privateRepositories: { action, ...privateRepositories },
    certificates: { action, approverPolicy: false, ...certificates },
  };
}
