import { AUTHENTICATION, type CniSupport } from '../policy-limits';

/** OVN-Kubernetes. */
export const ovnKubernetes: CniSupport = {
  name: 'OVN-Kubernetes',
  adds: [
    'Nothing. The NetworkPolicies select by namespace and pod together, as OVN-Kubernetes needs: without `podSelector: {}` it leaves host-network pods of a namespace out.',
  ],
  needs: [
    'A hostPort works only where the CNI configuration of the nodes has the plugin portmap; else use `entry.clusterIp`. Nodes of OpenShift run CRI-O, which can use no mirror.',
  ],
  limits: [
    {
      what: 'Its cluster-wide kinds, AdminNetworkPolicy and ClusterNetworkPolicy, let in or deny pods and namespaces only: neither nodes nor the world, the two that NetworkPolicies cannot name either. Both are alpha or beta, and the second replaces the first. So the stack writes neither.',
      lock: 'The default deny stops nodes and the world as well, unless another policy allows them.',
      sources: [
        'https://network-policy-api.sigs.k8s.io/api-overview/',
        'https://network-policy-api.sigs.k8s.io/npeps/npep-127-ingress-traffic/',
      ],
    },
    {
      what: 'Policies cannot block the own node of a pod, here as anywhere.',
      lock: AUTHENTICATION,
      sources: ['https://docs.okd.io/latest/networking/network_security/network_policy/about-network-policy.html'],
    },
  ],
};
