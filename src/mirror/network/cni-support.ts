import type { Cni } from '../props/network-props';
import type { ResolvedMirror } from '../resolved';
import { calico } from './cni/calico';
import { cilium } from './cni/cilium';
import { ovnKubernetes } from './cni/ovn-kubernetes';
import { type CniSupport, commonLimits, loopbackLimit, type PolicyLimit, unknownCniLimits } from './policy-limits';

/** The CNIs that `network.cni` names. */
export const cniSupport: Record<Cni, CniSupport> = { cilium, calico, 'ovn-kubernetes': ovnKubernetes };

/** What policies cannot do for a mirror with these settings. */
export function limitsOf({ network, entry }: Pick<ResolvedMirror, 'network' | 'entry'>): PolicyLimit[] {
  return [
    ...commonLimits,
    ...(entry.kind === 'loopback' ? [loopbackLimit] : []),
    ...(network.cni === undefined ? unknownCniLimits : cniSupport[network.cni].limits),
  ];
}
