import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  type CiliumEgressRule,
  type CiliumEntity,
  CiliumHostPolicy,
  type CiliumIngressRule,
  CiliumNetworkPolicy,
  type CiliumPorts,
  type CiliumSelector,
} from '../../../imports/cilium';
import { metadata, mirrorLabels, objectLabels } from '../../kubernetes/names';
import { ports as numbers } from '../contract/ports';
import type { ResolvedEntry } from '../resolved';
import { type EgressFlow, type Flows, type IngressFlow, isAddress, type Peer, portsForAddresses } from './flows';

/** The settings of the policies. */
export interface CiliumPoliciesProps {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Where a node's own containerd reaches the auth proxy. */
  readonly entry: ResolvedEntry;
  /** What is allowed. */
  readonly flows: Flows;
  /** Whether everybody may reach the entry and the listener for peers. */
  readonly permissive: boolean;
  /** Whether nodes get a policy, too. */
  readonly hostFirewall: boolean;
}

/** The label that Cilium gives pods for their namespace. */
const NAMESPACE_LABEL = 'k8s:io.kubernetes.pod.namespace';

/**
 * What no other policy may open again: other nodes, and everything outside of the cluster. The API server is one of them, with one
 * exception: on its own node it has the identity of the node itself, like the kubelet. So `kube-apiserver` must not be in this list:
 * it would take the kubelet and containerd along.
 */
export const DENIED: CiliumEntity[] = ['world', 'remote-node'];

/** The flows in Cilium's words, where nodes and the API server are identities and not addresses, and the entry's port on the nodes. */
export class CiliumPolicies extends Construct {
  /** The policies. */
  public readonly objects: ApiObject[];

  public constructor(scope: Construct, id: string, props: CiliumPoliciesProps) {
    super(scope, id);
    const { namespace, entry, flows, permissive, hostFirewall } = props;
    const pods = new CiliumNetworkPolicy(this, 'mirror', {
      metadata: metadata(namespace, 'mirror-flows'),
      endpointSelector: { matchLabels: mirrorLabels },
      ingress: [
        // Cilium lets a pod's own node in by itself, unless it runs with --allow-localhost=policy.
        { fromEntities: ['host'], toPorts: toPorts([numbers.listeners.entry, numbers.listeners.health]) },
        ...flows.ingress.flatMap(ingressRules),
      ],
      ...(permissive ? {} : { ingressDeny: [{ fromEntities: DENIED, ...exceptions(flows) }] }),
      egress: flows.egress.flatMap(egressRules),
    });
    this.objects = [pods, ...(hostFirewall ? [this.hostPolicy(namespace, entry.port)] : [])];
  }

  /** Closes the entry's hostPort to all but the node itself, which this kind of policy does not see. */
  private hostPolicy(namespace: string, port: number): ApiObject {
    const others = { matchExpressions: [{ key: NAMESPACE_LABEL, operator: 'Exists' }] };
    return new CiliumHostPolicy(this, 'entry', {
      name: `${namespace}-entry`,
      labels: { ...objectLabels },
      ingressDeny: [
        { fromEntities: DENIED, toPorts: toPorts([port]) },
        { fromEndpoints: [others], toPorts: toPorts([port]) },
      ],
    });
  }
}

function ingressRules({ from, ports }: IngressFlow): CiliumIngressRule[] {
  const rule = { toPorts: toPorts(ports) };
  if (from === 'everybody') return [{ fromEntities: ['all'], ...rule }];
  const { endpoints, cidrs } = separated(from);
  return [
    ...(endpoints.length > 0 ? [{ fromEndpoints: endpoints, ...rule }] : []),
    ...(cidrs.length > 0 ? [{ fromCIDR: cidrs, ...rule }] : []),
  ];
}

function egressRules({ purpose, to, protocols, ports }: EgressFlow): CiliumEgressRule[] {
  const rule = { toPorts: toPorts(ports, protocols) };
  // An address of a node is no address to Cilium.
  if (purpose === 'apiServer') return [{ toEntities: ['kube-apiserver'], ...rule }];
  const { endpoints, cidrs } = separated(to);
  return [
    ...(endpoints.length > 0 ? [{ toEndpoints: endpoints, ...rule }] : []),
    ...(cidrs.length > 0 ? [{ toCIDR: cidrs, ...rule }] : []),
    // A server in the network of the node, such as NodeLocal DNSCache, is the node itself.
    ...(cidrs.length > 0 && purpose === 'dns' ? [{ toEntities: ['host' as const], ...rule }] : []),
  ];
}

/** A denial wins over what is allowed: where addresses are let in, it names the other ports of the mirror's pods. */
function exceptions({ ingress }: Flows): Pick<CiliumIngressRule, 'toPorts'> {
  const open = portsForAddresses(ingress);
  if (open.size === 0) return {};
  const { registry, router } = numbers.spegel;
  const all = [...Object.values(numbers.listeners), registry, router, ...ingress.flatMap(({ ports }) => ports)];
  return { toPorts: toPorts([...new Set(all)].filter((port) => !open.has(port))) };
}

/** Pods and addresses: a rule of Cilium has one or the other. */
function separated(peers: readonly Peer[]): { endpoints: CiliumSelector[]; cidrs: string[] } {
  return {
    endpoints: peers.flatMap((one) => {
      if (one === 'mirrors') return [{ matchLabels: mirrorLabels }];
      return 'cidr' in one ? [] : [podsOf(one.namespace, one.labels)];
    }),
    cidrs: peers.filter(isAddress).map(({ cidr }) => cidr),
  };
}

function podsOf(namespace: string, labels: { readonly [label: string]: string }): CiliumSelector {
  return { matchLabels: { [NAMESPACE_LABEL]: namespace, ...labels } };
}

function toPorts(ports: number[], protocols = ['TCP']): CiliumPorts[] {
  return [{ ports: ports.flatMap((port) => protocols.map((protocol) => ({ port: `${port}`, protocol }))) }];
}
