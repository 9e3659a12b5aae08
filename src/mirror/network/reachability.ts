import { ports } from '../contract/ports';
import type { ResolvedMirror, ResolvedPeer } from '../resolved';
import {
  type ExtraSource,
  extraSource,
  flowsOf,
  flowsPropsOf,
  type IngressFlow,
  isAddress,
  portsForAddresses,
} from './flows';

/** Who may try to reach the mirror's pod on a node. */
export type Source = 'ownNode' | 'mirrors' | 'scrapers' | ExtraSource | 'pods' | 'otherNodes' | 'apiServer' | 'outside';

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

/** Sources of a mirror, the nearest first. */
export function sourcesOf({ metrics, network }: Pick<ResolvedMirror, 'metrics' | 'network'>): Source[] {
  const scrapers: Source[] = metrics === undefined ? [] : ['scrapers'];
  const extra = network.extraIngress.map((_, index) => extraSource(index));
  return ['ownNode', 'mirrors', ...scrapers, ...extra, 'pods', 'otherNodes', 'apiServer', 'outside'];
}

/** A source, in words. */
export function sourceText(source: Source, { metrics, network }: Pick<ResolvedMirror, 'metrics' | 'network'>): string {
  const extra = network.extraIngress.find((_, index) => source === extraSource(index));
  if (extra !== undefined) return peersText(extra.from);
  return {
    ownNode: 'the same node: kubelet, containerd, host-network pods',
    mirrors: "the mirror's other pods",
    scrapers: peersText(metrics?.from ?? []),
    pods: 'other pods',
    otherNodes: 'other nodes, and host-network pods there',
    apiServer: 'the API server, unless it runs on the same node',
    outside: 'the LAN, and everything outside',
  }[source as Exclude<Source, ExtraSource>];
}

function peersText(peers: readonly ResolvedPeer[]): string {
  const texts = peers.map((peer) => {
    if ('cidr' in peer) return peer.cidr;
    const labels = Object.entries(peer.labels).map(([label, value]) => `${label}=${value}`);
    return `pods of ${peer.namespace}${labels.length === 0 ? '' : ` with ${labels.join(',')}`}`;
  });
  return texts.join('; ');
}

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

function policyVerdict(
  { network }: ResolvedMirror,
  ingress: IngressFlow[],
  source: Source,
  port: number,
): PolicyVerdict {
  if (!network.policies) return 'none';
  if (source === 'ownNode') return 'cannotDeny';
  const isAllowed = ingress.some(
    (flow) => flow.ports.includes(port) && (flow.source === 'everybody' || flow.source === source),
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
  if (source === 'otherNodes' || source === 'apiServer' || source === 'outside') return true;
  const [own] = ingress.filter((flow) => flow.source === source);
  return own !== undefined && own.from !== 'everybody' && own.from.every(isAddress);
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
