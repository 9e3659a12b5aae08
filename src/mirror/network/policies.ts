import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { metadata, mirrorLabels } from '../../kubernetes/names';
import type { Cni } from '../props/network-props';
import type { ResolvedEntry } from '../resolved';
import { CalicoPolicies } from './calico-policies';
import { CiliumPolicies } from './cilium-policies';
import { type EgressFlow, type FlowsProps, flowsOf, type IngressFlow, type Peer } from './flows';

/** The settings of the policies. */
export interface PoliciesProps extends FlowsProps {
  /** Namespace of the mirror. */
  readonly namespace: string;
  /** Where a node's own containerd reaches the auth proxy. */
  readonly entry: ResolvedEntry;
  /**
   * The CNI, whose own kinds of policies say more.
   *
   * @default - none is known
   */
  readonly cni?: Cni;
  /** Whether nodes get a policy of Cilium's host firewall. */
  readonly hostFirewall: boolean;
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
  /** The NetworkPolicies, and the policies of the CNI's own kinds. */
  public readonly objects: ApiObject[];

  public constructor(scope: Construct, id: string, props: PoliciesProps) {
    super(scope, id);
    const flows = flowsOf(props);
    const policy = (name: string, spec: k8s.NetworkPolicySpec) =>
      new ApiObject(this, name, k8s.KubeNetworkPolicy.manifest({ metadata: metadata(props.namespace, name), spec }));
    this.objects = [
      policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
      policy('mirror', {
        podSelector: { matchLabels: mirrorLabels },
        policyTypes: ['Ingress', 'Egress'],
        ingress: flows.ingress.map(ingressRule),
        egress: flows.egress.map(egressRule),
      }),
    ];
    const own = { ...props, flows };
    if (props.cni === 'cilium') this.objects.push(...new CiliumPolicies(this, 'cilium', own).objects);
    if (props.cni === 'calico') this.objects.push(...new CalicoPolicies(this, 'calico', own).objects);
  }
}

const mirrors: k8s.NetworkPolicyPeer = { podSelector: { matchLabels: mirrorLabels } };

function ingressRule({ from, ports }: IngressFlow): k8s.NetworkPolicyIngressRule {
  const rule = { ports: ports.map((port) => onPort('TCP', port)) };
  return from === 'everybody' ? rule : { from: from.map(peer), ...rule };
}

function egressRule({ to, protocols, ports }: EgressFlow): k8s.NetworkPolicyEgressRule {
  return {
    to: to.map(peer),
    ports: ports.flatMap((port) => protocols.map((protocol) => onPort(protocol, port))),
  };
}

function peer(to: Peer): k8s.NetworkPolicyPeer {
  if (to === 'mirrors') return mirrors;
  if ('cidr' in to) return { ipBlock: { cidr: to.cidr } };
  const isAll = Object.keys(to.labels).length === 0;
  // With OVN-Kubernetes a namespace without `podSelector: {}` leaves pods in the network of their node out.
  return { namespaceSelector: named(to.namespace), podSelector: isAll ? {} : { matchLabels: to.labels } };
}

/** A namespace by its name, in the label that the API server itself keeps. */
function named(namespace: string): k8s.LabelSelector {
  return { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
}

function onPort(protocol: string, port: number): k8s.NetworkPolicyPort {
  return { protocol, port: k8s.IntOrString.fromNumber(port) };
}
