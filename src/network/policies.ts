import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ports } from '../auth-proxy/ports';
import { metadata, mirrorLabels } from '../config/names';

/** What the policies are made of. */
export interface PoliciesProps {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Addresses of DNS servers that are no pods of kube-system, in CIDR notation. */
  readonly dnsAddresses: string[];
  /** Whether everybody may reach the entry and the door for peers, to be counted there. */
  readonly shadow: boolean;
  /**
   * Namespace that metrics are scraped from.
   *
   * @default - none
   */
  readonly metricsNamespace?: string;
}

/**
 * Who may reach whom: nobody anybody, but mirrors each other's two doors, mirrors the cluster's DNS, and scrapers the metrics.
 *
 * The node's own containerd and kubelet need no rule: traffic from a pod's own node cannot be denied by a NetworkPolicy, or
 * probes would fail (https://kubernetes.io/docs/concepts/services-networking/network-policies/). That is why the entry does not
 * rely on policies. Ports are those that a packet carries after the redirect: 5000 and 5001 are never on the wire.
 */
export class Policies extends Construct {
  public constructor(scope: Construct, id: string, props: PoliciesProps) {
    super(scope, id);
    const policy = (name: string, spec: k8s.NetworkPolicySpec) =>
      new ApiObject(this, name, k8s.KubeNetworkPolicy.manifest({ metadata: metadata(props.namespace, name), spec }));
    policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    const mirrors = { podSelector: { matchLabels: mirrorLabels } };
    const doors = [tcp(ports.doors.peers), tcp(ports.doors.router)];
    policy('mirror', {
      podSelector: { matchLabels: mirrorLabels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        { from: [mirrors], ports: doors },
        ...(props.shadow ? [{ ports: shadowed.map(tcp) }] : []),
        ...scrapers(props.metricsNamespace),
      ],
      egress: [{ to: [mirrors], ports: doors }, dns(props.dnsAddresses)],
    });
  }
}

/** The two doors, and Spegel's own port, which packets still carry when the policies see them. */
const shadowed = [ports.doors.entry, ports.doors.peers, ports.spegel.registry];

function scrapers(namespace: string | undefined): k8s.NetworkPolicyIngressRule[] {
  return namespace === undefined
    ? []
    : [{ from: [{ namespaceSelector: named(namespace), podSelector: {} }], ports: [tcp(ports.doors.metrics)] }];
}

function dns(addresses: string[]): k8s.NetworkPolicyEgressRule {
  return {
    to: [
      { namespaceSelector: named('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } },
      ...addresses.map((cidr) => ({ ipBlock: { cidr } })),
    ],
    ports: [{ ...tcp(53), protocol: 'UDP' }, tcp(53)],
  };
}

/** A namespace by its name, in the label that the API server itself keeps. */
function named(namespace: string): k8s.LabelSelector {
  return { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
}

function tcp(port: number): k8s.NetworkPolicyPort {
  return { protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) };
}
