import { mirrorDefaults } from './props/defaults';
import type { PolicyPeerProps } from './props/extra-rule-props';
import type { ScraperProps } from './props/metrics-props';
import type { NetworkProps } from './props/network-props';
import type { ResolvedNetwork, ResolvedPeer, ResolvedPodSelection } from './resolved-network';

/** Rules that the user adds to the policies. */
export function resolveExtraRules(network: NetworkProps): Pick<ResolvedNetwork, 'extraIngress' | 'extraEgress'> {
  const { extraIngress = mirrorDefaults.extraIngress, extraEgress = mirrorDefaults.extraEgress } = network;
  return {
    extraIngress: extraIngress.map(({ from, port }) => ({ from: from.map(resolvePeer), port })),
    extraEgress: extraEgress.map(({ to, port, protocol = mirrorDefaults.extraProtocol }) => ({
      to: to.map(resolvePeer),
      port,
      protocol,
    })),
  };
}

/** Pods of a namespace. */
export function resolvePodSelection({ namespace, podLabels = {} }: ScraperProps): ResolvedPodSelection {
  return { namespace, labels: podLabels };
}

function resolvePeer({ cidr, namespace = '', podLabels }: PolicyPeerProps): ResolvedPeer {
  return cidr === undefined ? resolvePodSelection({ namespace, podLabels }) : { cidr };
}
