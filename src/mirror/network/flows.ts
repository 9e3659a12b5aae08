import { ports } from '../contract/ports';
import type { DnsServers } from '../dns-presets';
import type { ResolvedMirror } from '../resolved';
import type { ResolvedExtraEgress, ResolvedExtraIngress, ResolvedPeer } from '../resolved-network';

/** Settings of the policies of every kind. */
export interface FlowsProps {
  /** DNS servers that mirrors ask to find each other. */
  readonly dns: DnsServers;
  /** Whether everybody may reach the entry and the listener for peers, which count such requests. */
  readonly permissive: boolean;
  /** Pods that metrics are scraped from. */
  readonly scrapers: readonly Peer[];
  /** Callers whom the user lets in. */
  readonly extraIngress: readonly ResolvedExtraIngress[];
  /** Destinations that the user adds. */
  readonly extraEgress: readonly ResolvedExtraEgress[];
  /**
   * Where the API server listens, for the reporter of the node's readiness.
   *
   * @default - not reachable
   */
  readonly apiServer?: { readonly addresses: string[]; readonly port: number };
}

/** What the policies of a mirror are made of. */
export function flowsPropsOf({ network, authentication, metrics, nodeReadiness }: ResolvedMirror): FlowsProps {
  return {
    dns: network.dns,
    permissive: authentication.permissive,
    scrapers: metrics?.from ?? [],
    extraIngress: network.extraIngress,
    extraEgress: network.extraEgress,
    apiServer: nodeReadiness?.apiServer,
  };
}

/** What a rule lets in, at ports of TCP. */
export interface IngressFlow {
  /** Any of these, or everybody. */
  readonly from: 'everybody' | readonly Peer[];
  readonly ports: number[];
}

/** What a rule lets out, to any of the destinations. */
export interface EgressFlow {
  readonly purpose: 'peers' | 'dns' | 'apiServer' | 'extra';
  readonly to: readonly Peer[];
  readonly protocols: ('TCP' | 'UDP')[];
  readonly ports: number[];
}

/** Whom a rule lets in, or out to. */
export type Peer = 'mirrors' | ResolvedPeer;

/** The flows of the mirror. */
export interface Flows {
  readonly ingress: IngressFlow[];
  readonly egress: EgressFlow[];
}

const peerPorts = [ports.listeners.peers, ports.listeners.router];

/** The two listeners, and Spegel's own port, which packets still carry when the policies see them. */
const permissivePorts = [ports.listeners.entry, ports.listeners.peers, ports.spegel.registry];

/**
 * The flows that policies allow: the policies of every kind are written from them, and `secure-mirror reachability` reads them.
 *
 * The node's own containerd and kubelet are not among them, as a policy cannot keep a pod's own node out.
 */
export function flowsOf(props: FlowsProps): Flows {
  const { dns, permissive, scrapers, apiServer } = props;
  return {
    ingress: [
      { from: ['mirrors'], ports: peerPorts },
      ...(permissive ? [{ from: 'everybody' as const, ports: permissivePorts }] : []),
      ...(scrapers.length === 0 ? [] : [{ from: scrapers, ports: [ports.listeners.metrics] }]),
      ...props.extraIngress.map(({ from, port }) => ({ from, ports: [port] })),
    ],
    egress: [
      { purpose: 'peers', to: ['mirrors'], protocols: ['TCP'], ports: peerPorts },
      ...dnsFlows(dns),
      // Pods share a network, so each container of the mirror's pod may dial it; only the reporter has a token.
      ...(apiServer === undefined
        ? []
        : [
            {
              purpose: 'apiServer' as const,
              to: apiServer.addresses.map((cidr) => ({ cidr })),
              protocols: ['TCP' as const],
              ports: [apiServer.port],
            },
          ]),
      ...props.extraEgress.map(
        ({ to, port, protocol }): EgressFlow => ({ purpose: 'extra', to, protocols: [protocol], ports: [port] }),
      ),
    ],
  };
}

/** Ports at which addresses are let in: what Cilium calls the world. */
export function portsForAddresses(ingress: readonly IngressFlow[]): Set<number> {
  const isOpen = ({ from }: IngressFlow) => from !== 'everybody' && from.some(isAddress);
  return new Set(ingress.filter(isOpen).flatMap(({ ports }) => ports));
}

/** Whether a peer is an address in CIDR notation. */
export function isAddress(peer: Peer): peer is { readonly cidr: string } {
  return peer !== 'mirrors' && 'cidr' in peer;
}

/** One flow for each port, so that no server is reached at the port of another. */
function dnsFlows({ pods, addresses }: DnsServers): EgressFlow[] {
  const servers = new Map<number, ResolvedPeer[]>();
  const add = (port: number, server: ResolvedPeer) => servers.set(port, [...(servers.get(port) ?? []), server]);
  for (const { namespace, labels, port } of pods) add(port, { namespace, labels });
  for (const cidr of addresses) add(53, { cidr });
  return [...servers].map(([port, to]) => ({ purpose: 'dns', to, protocols: ['UDP', 'TCP'], ports: [port] }));
}
