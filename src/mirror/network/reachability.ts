import { ports } from '../contract/ports';
import type { ResolvedMirror } from '../resolved';
import { flowsOf, flowsPropsOf, type IngressFlow, isAddress, portsForAddresses } from './flows';
import { letsIn, type Source, sourcesOf } from './sources';

/** Listeners of the proxy on the pod's address. */
export type ListenerName = 'entry' | 'peers' | 'router' | 'metrics' | 'health';

/**
 * What policies do with a connection. `cannotDeny`: it comes from the pod's own node. `none`: there are no policies.
 */
export type PolicyVerdict = 'allows' | 'denies' | 'cannotDeny' | 'none';

/** What a listener asks of a caller whom no policy stops. */
export interface Proof {
  /** The identity of a client certificate, where certificates are accepted. */
  readonly certificate?: 'node' | 'peer' | 'metrics';
  /** Whether a password is accepted. */
  readonly password: boolean;
  /** Whether a caller gets through without either. */
  readonly open: boolean;
}

/** Whether a source reaches a listener. */
export interface Reach {
  readonly source: Source;
  readonly listener: ListenerName;
  readonly port: number;
  readonly policy: PolicyVerdict;
  /** Whether no other policy can allow what this one denies. */
  readonly final: boolean;
  readonly proof: Proof;
}

export const LISTENERS: readonly ListenerName[] = ['entry', 'peers', 'router', 'metrics', 'health'];

/**
 * Who reaches which listener of the mirror's pods, by the same flows that the policies are written from.
 *
 * @param mirror the settings
 */
export function reachability(mirror: ResolvedMirror): Reach[] {
  const { ingress } = flowsOf(flowsPropsOf(mirror));
  return sourcesOf(mirror).flatMap((source) =>
    LISTENERS.map((listener) => {
      const port = ports.listeners[listener];
      const policy = policyVerdict(mirror, ingress, source, port);
      const final = policy === 'denies' && isFinal(mirror, source, ingress, port);
      return { source, listener, port, policy, final, proof: proofFor(mirror, listener) };
    }),
  );
}

function policyVerdict(mirror: ResolvedMirror, ingress: IngressFlow[], source: Source, port: number): PolicyVerdict {
  const { network, namespace } = mirror;
  if (!network.policies) return 'none';
  if (source === 'ownNode') return 'cannotDeny';
  const open = ingress.filter((flow) => flow.ports.includes(port));
  const isAllowed = open.some(
    ({ from }) => from === 'everybody' || from.some((peer) => letsIn(peer, source, namespace)),
  );
  return isAllowed ? 'allows' : 'denies';
}

/** Calico's policy comes before NetworkPolicies and denies what is left; Cilium's denies nodes and the world, whatever others allow. */
function isFinal(
  { network: { cni }, authentication }: ResolvedMirror,
  source: Source,
  ingress: IngressFlow[],
  port: number,
): boolean {
  if (cni === 'calico') return true;
  if (cni !== 'cilium' || authentication.permissive || portsForAddresses(ingress).has(port)) return false;
  if (typeof source === 'string') return ['otherNodes', 'apiServer', 'outside'].includes(source);
  return isAddress(source);
}

const IDENTITIES = { entry: 'node', peers: 'peer', router: 'peer', metrics: 'metrics' } as const;

function proofFor({ authentication }: ResolvedMirror, listener: ListenerName): Proof {
  if (listener === 'health') return { password: false, open: true };
  const { mutualTls, basic, permissive } = authentication;
  const isBasic = basic !== undefined;
  // The router carries no requests that could have a password.
  const isOpen = listener === 'router' ? isBasic : permissive && (listener === 'entry' || listener === 'peers');
  return {
    ...(mutualTls ? { certificate: IDENTITIES[listener] } : {}),
    password: isBasic && listener !== 'router',
    open: isOpen,
  };
}

/** A result in a few words, for a cell of a table. */
export function inWords({ policy, final, proof }: Reach): string {
  if (policy === 'denies') return final ? 'denied (final)' : 'denied';
  if (proof.open) return 'open';
  const certificate = proof.certificate === undefined ? [] : [`certificate ${proof.certificate}`];
  return [...certificate, ...(proof.password ? ['password'] : [])].join(' or ');
}
