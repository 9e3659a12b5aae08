/** Something that policies cannot do, and what stands in for them. */
export interface PolicyLimit {
  /** What gets through, or may: a sentence. */
  readonly what: string;
  /** What is left in the way of it: a sentence. */
  readonly lock: string;
  /** Public documents that say so. */
  readonly sources: readonly string[];
}

/** What the stack does for a CNI beside NetworkPolicies. */
export interface CniSupport {
  /** Its name. */
  readonly name: string;
  /** Objects that the stack writes more, and what they do: sentences. */
  readonly adds: readonly string[];
  /** What they need: sentences. */
  readonly needs: readonly string[];
  /** What its policies cannot do, beside the limits of all. */
  readonly limits: readonly PolicyLimit[];
}

/** The lock that stands without policies. */
export const AUTHENTICATION = 'The listener asks for the certificate or the password.';

/** Limits of NetworkPolicies, whatever CNI enforces them. */
export const commonLimits: readonly PolicyLimit[] = [
  {
    what: 'No policy keeps the own node of a pod out: its processes, its host-network pods, probes that a tenant writes for the kubelet, and the API server where it runs on this node.',
    lock: `${AUTHENTICATION} Let Pod Security refuse host-network pods and, from 1.34 on, probes with a host in namespaces of tenants; the guard \`probes\` refuses these from 1.31 on.`,
    sources: [
      'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
      'https://github.com/kubernetes/kubernetes/issues/99425',
    ],
  },
  {
    what: 'A policy sees addresses and ports, no requests: a pod of the mirror may ask another one for anything.',
    lock: 'Certificates with one identity for each listener, routes that serve content by digest, and the limits of the proxy.',
    sources: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  },
  {
    what: 'NetworkPolicies add up: another one in the namespace of the mirror can allow what these deny, except for results that are final.',
    lock: `${AUTHENTICATION} Let nobody write policies there who may not administer the mirror.`,
    sources: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  },
  {
    what: 'With a tunnel between the API server and the nodes, as on AKS and GKE, the API server calls from the pod or the node where the tunnel ends, which may be the same node.',
    lock: AUTHENTICATION,
    sources: ['https://docs.cilium.io/en/stable/security/policy/layer3/ (Entities based, note)'],
  },
];

/** What else is true of a hostPort on 127.0.0.1. */
export const loopbackLimit: PolicyLimit = {
  what: '127.0.0.1 is no boundary: a neighbour on the same network segment can send a raw packet for the hostPort on 127.0.0.1, and the node leads it to the pod.',
  lock: `After that the policies of the pod drop it: measured on the test cluster, where 3 of 3 got an answer without policies and none with them. ${AUTHENTICATION}`,
  sources: ['https://github.com/containernetworking/plugins/tree/main/plugins/meta/portmap'],
};

/** Limits where no CNI is named. */
export const unknownCniLimits: readonly PolicyLimit[] = [
  {
    what: 'Some CNIs accept policies and enforce none.',
    lock: '`secure-mirror check --check network-policies` tries them.',
    sources: ['https://github.com/kubernetes-sigs/kueue/issues/14142'],
  },
  {
    what: 'kube-router, which enforces policies in k3s, accepts every source that is an address of the node before it looks at rules. Connections whose source the node replaces by its own, as for a NodePort, may so come from elsewhere; a new pod is open until its rules exist.',
    lock: `The stack opens no NodePort. ${AUTHENTICATION}`,
    sources: ['https://github.com/cloudnativelabs/kube-router/issues/803', 'https://github.com/k3s-io/k3s/issues/5611'],
  },
];
