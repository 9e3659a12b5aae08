import { ports } from '../contract/ports';
import type { DnsServers } from '../dns-presets';
import type { ResolvedMirror } from '../resolved';

/** Settings of the policies of every kind. */
export interface FlowsProps {
  /** DNS servers that mirrors ask to find each other. */
  readonly dns: DnsServers;
  /** Whether everybody may reach the entry and the listener for peers, which count such requests. */
  readonly permissive: boolean;
  /**
   * Namespace that metrics are scraped from.
   *
   * @default - none
   */
  readonly metricsNamespace?: string;
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
    metricsNamespace: metrics?.namespace,
    apiServer: nodeReadiness?.apiServer,
  };
}

/** What a rule lets in: mirrors, everybody, or the pods of a namespace, at ports of TCP. */
export interface IngressFlow {
  readonly from: 'mirrors' | 'everybody' | { readonly namespace: string };
  readonly ports: number[];
}

/** What a rule lets out, to any of the destinations. */
export interface EgressFlow {
  readonly purpose: 'peers' | 'dns' | 'apiServer';
  readonly to: Destination[];
  readonly protocols: ('TCP' | 'UDP')[];
  readonly ports: number[];
}

/** Where a rule lets out to. */
export type Destination =
  | 'mirrors'
  | { readonly cidr: string }
  | { readonly namespace: string; readonly labels: { readonly [label: string]: string } };

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
export function flowsOf({ dns, permissive, metricsNamespace, apiServer }: FlowsProps): Flows {
  return {
    ingress: [
      { from: 'mirrors', ports: peerPorts },
      ...(permissive ? [{ from: 'everybody' as const, ports: permissivePorts }] : []),
      ...(metricsNamespace === undefined
        ? []
        : [{ from: { namespace: metricsNamespace }, ports: [ports.listeners.metrics] }]),
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
    ],
  };
}

/** One flow for each port, so that no server is reached at the port of another. */
function dnsFlows({ pods, addresses }: DnsServers): EgressFlow[] {
  const servers = new Map<number, Destination[]>();
  const add = (port: number, server: Destination) => servers.set(port, [...(servers.get(port) ?? []), server]);
  for (const { namespace, labels, port } of pods) add(port, { namespace, labels });
  for (const cidr of addresses) add(53, { cidr });
  return [...servers].map(([port, to]) => ({ purpose: 'dns', to, protocols: ['UDP', 'TCP'], ports: [port] }));
}
