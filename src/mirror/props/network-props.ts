import type { DnsProps } from './dns-props';
import type { ExtraEgressProps, ExtraIngressProps } from './extra-rule-props';

/** A CNI whose own kinds of policies the stack can write: docs/network-policies.md. */
export type Cni = 'cilium' | 'calico' | 'ovn-kubernetes';

/** Who may reach whom. */
export interface NetworkProps {
  /**
   * Whether NetworkPolicies are made. Turn it off only where another tool writes policies of the same effect, and not with basic
   * authentication, which relies on them.
   *
   * @default true
   */
  readonly policies?: boolean;

  /**
   * The DNS servers that the mirror may ask. Without them mirrors do not find each other.
   *
   * @default - pods labelled k8s-app: kube-dns in kube-system
   */
  readonly dns?: DnsProps;

  /**
   * The addresses of the cluster, for what knows nodes, pods and Services by them: `guards` need all three lists.
   *
   * @default - not known
   */
  readonly cidrs?: ClusterCidrsProps;

  /**
   * The CNI of the cluster. Cilium and Calico then get policies of their own kinds beside the NetworkPolicies, which say what those cannot:
   * their kinds must be installed. docs/network-policies.md says which, and what no policy can do.
   *
   * @default - unknown: NetworkPolicies alone, which every CNI reads that enforces policies
   */
  readonly cni?: Cni;

  /**
   * Whether nodes get a policy of Cilium's host firewall, which refuses the entry's port from elsewhere. Only for Cilium 1.16 and newer with its
   * host firewall on and `enableNonDefaultDenyPolicies` left at true: without these two, a node with such a policy refuses everything.
   *
   * @default false
   */
  readonly hostFirewall?: boolean;

  /**
   * Callers whom the policies of every kind let in beside the mirror's own flows, such as a probe of the health listener, 5003. The ports of
   * nodes and peers are never among them.
   *
   * @default - nobody
   */
  readonly extraIngress?: ExtraIngressProps[];

  /**
   * Destinations that the policies of every kind let the mirror's pods reach beside the mirror's own flows, such as what a container that you
   * add by `patches` needs.
   *
   * @default - none
   */
  readonly extraEgress?: ExtraEgressProps[];
}

/** The addresses of a cluster in CIDR notation, of IPv4 and of IPv6. Lists may overlap, as where pods have addresses of the nodes' network. */
export interface ClusterCidrsProps {
  /**
   * Addresses of the nodes, also of those to come: the networks that they are in.
   *
   * @default - not known
   */
  readonly nodes?: string[];

  /**
   * Addresses of the pods.
   *
   * @default - not known
   */
  readonly pods?: string[];

  /**
   * Addresses of the Services.
   *
   * @default - not known
   */
  readonly services?: string[];
}
