import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { metadata, mirrorLabels } from '../../kubernetes/names';
import { ports } from '../contract/ports';
import type { DnsServers } from '../dns-presets';

/** The settings of the policies. */
export interface PoliciesProps {
  /** Namespace of the mirror. */
  readonly namespace: string;
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

/**
 * Mirrors reach the two listeners for peers of each other and the cluster's DNS, scrapers reach the metrics. Everything else is denied,
 * but for the API server where pods wait for the mirror.
 *
 * The node's own containerd and kubelet need no rule: traffic from a pod's own node cannot be denied by a NetworkPolicy, or
 * probes would fail (https://kubernetes.io/docs/concepts/services-networking/network-policies/). That is why the entry does not
 * rely on policies. The rules name a packet's port after the redirect: 5000 and 5001 are never on the wire.
 */
export class Policies extends Construct {
  /** The NetworkPolicies. */
  public readonly objects: ApiObject[];

  public constructor(scope: Construct, id: string, props: PoliciesProps) {
    super(scope, id);
    const policy = (name: string, spec: k8s.NetworkPolicySpec) =>
      new ApiObject(this, name, k8s.KubeNetworkPolicy.manifest({ metadata: metadata(props.namespace, name), spec }));
    const denial = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    const mirrors = { podSelector: { matchLabels: mirrorLabels } };
    const peerPorts = [tcp(ports.listeners.peers), tcp(ports.listeners.router)];
    const flows = policy('mirror', {
      podSelector: { matchLabels: mirrorLabels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [mirrors], ports: peerPorts },
        ...(props.permissive ? [{ ports: permissivePorts.map(tcp) }] : []),
        ...scrapers(props.metricsNamespace),
      ],
      egress: [{ to: [mirrors], ports: peerPorts }, ...dns(props.dns), ...apiServer(props.apiServer)],
    });
    this.objects = [denial, flows];
  }
}

/** The two listeners, and Spegel's own port, which packets still carry when the policies see them. */
const permissivePorts = [ports.listeners.entry, ports.listeners.peers, ports.spegel.registry];

function scrapers(namespace: string | undefined): k8s.NetworkPolicyIngressRule[] {
  return namespace === undefined
    ? []
    : [{ from: [{ namespaceSelector: named(namespace), podSelector: {} }], ports: [tcp(ports.listeners.metrics)] }];
}

/** One rule for each port, so that no server is reached at the port of another. */
function dns({ pods, addresses }: DnsServers): k8s.NetworkPolicyEgressRule[] {
  const servers = new Map<number, k8s.NetworkPolicyPeer[]>();
  const add = (port: number, peer: k8s.NetworkPolicyPeer) => {
    const peers = servers.get(port) ?? [];
    peers.push(peer);
    servers.set(port, peers);
  };
  for (const { namespace, labels, port } of pods) {
    add(port, { namespaceSelector: named(namespace), podSelector: { matchLabels: labels } });
  }
  for (const cidr of addresses) add(53, { ipBlock: { cidr } });
  return [...servers].map(([port, to]) => ({ to, ports: [{ ...tcp(port), protocol: 'UDP' }, tcp(port)] }));
}

/** Pods share a network, so each container of the mirror's pod may dial it; only the reporter has a token. */
function apiServer(server: PoliciesProps['apiServer']): k8s.NetworkPolicyEgressRule[] {
  if (server === undefined) return [];
  return [{ to: server.addresses.map((cidr) => ({ ipBlock: { cidr } })), ports: [tcp(server.port)] }];
}

/** A namespace by its name, in the label that the API server itself keeps. */
function named(namespace: string): k8s.LabelSelector {
  return { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) };
}
