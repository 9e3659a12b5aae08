import { AUTHENTICATION, type CniSupport } from '../policy-limits';

/** Cilium. */
export const cilium: CniSupport = {
  name: 'Cilium',
  adds: [
    'A CiliumNetworkPolicy `mirror-flows` has the same flows by identities: other pods by their labels, the own node as `host`, the API server as `kube-apiserver` where `nodeReadiness` asks it. It denies `world` and `remote-node`, which no other policy can allow again: so also the API server of another node or outside of the cluster. In permissive mode it denies nothing; and where `network.extraIngress` lets addresses in at a port, it denies at the other ports of the mirror alone.',
    'With `network.hostFirewall`, a host policy, CiliumClusterwideNetworkPolicy `NAMESPACE-entry`, refuses the port of the entry on each node to other nodes, pods and the world. The node itself is not concerned, and nothing else of it.',
  ],
  needs: [
    'The kinds of `cilium.io/v2`; the stack was written for Cilium 1.20. A managed variant, such as Dataplane V2 of GKE, may lack one: `secure-mirror check --pre` says so. Then leave `network.cni` out.',
    '`network.hostFirewall` needs Cilium 1.16 or newer, `hostFirewall.enabled: true` and `enableNonDefaultDenyPolicies: true`, its default. Where the last is off, or Cilium older, **a node with a host policy refuses all other traffic**. Look before: `kubectl -n kube-system get configmap cilium-config -o yaml`. Without the host firewall the policy does nothing.',
  ],
  limits: [
    {
      what: 'The API server on the own node has the identity of the node, like the kubelet. A rule that denies `kube-apiserver` would take the kubelet and containerd along, so there is none.',
      lock: AUTHENTICATION,
      sources: [
        'https://docs.cilium.io/en/stable/security/policy/layer3/ (Entities based)',
        'https://github.com/cilium/cilium/blob/v1.20.2/pkg/ipcache/metadata.go (labels of the host)',
      ],
    },
    {
      what: 'Addresses of nodes are no addresses to Cilium: an `ipBlock` matches none, unless `policyCIDRMatchMode: nodes` is set.',
      lock: 'The policy names identities instead.',
      sources: [
        'https://docs.cilium.io/en/stable/network/kubernetes/policy/',
        'https://github.com/cilium/cilium/issues/12277',
      ],
    },
    {
      what: "The host firewall does not see connections that Cilium's replacement of kube-proxy leads from a port of the node to a pod. IPsec excludes it.",
      lock: 'The policy of the pod decides then, with the true identity of other nodes and of the world.',
      sources: [
        'https://github.com/cilium/cilium/issues/12781',
        'https://docs.cilium.io/en/stable/security/policy/host/ (known issues)',
      ],
    },
    {
      what: 'In a cluster mesh older than 1.19, labels select pods of all clusters: mirrors of the same namespace in another cluster match.',
      lock: 'Their certificates do not, where each cluster has a `trustDomain` of its own, the default. Or set `policy-default-local-cluster`.',
      sources: ['https://docs.cilium.io/en/stable/operations/upgrade/ (policy-default-local-cluster)'],
    },
  ],
};
