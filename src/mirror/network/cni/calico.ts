import { AUTHENTICATION, type CniSupport } from '../policy-limits';

/** Calico. */
export const calico: CniSupport = {
  name: 'Calico',
  adds: [
    'A NetworkPolicy `mirror-flows` of `projectcalico.org/v3` has the same flows and ends with a rule that denies the rest. Its order, 100, puts it before the NetworkPolicies of Kubernetes, so none of them can allow more: give callers who must reach the mirror a place in stack.yaml, `metrics` or `network.extraIngress`.',
    'A GlobalNetworkPolicy `NAMESPACE-entry` denies the address and port of the entry to everything that arrives at a node, before any address is replaced (`preDNAT`). What it does not name goes its way: Calico denies nothing by default there, so it can cut no node off.',
  ],
  needs: [
    "The API `projectcalico.org/v3`, which kubectl reaches by Calico's API server, a part of every operator install, or by its newer native CRDs. Where there is neither, apply these two objects by `calicoctl`. Do not write them as `crd.projectcalico.org/v1`: that is Calico's own store, which nothing checks.",
    'Host endpoints, as otherwise the GlobalNetworkPolicy does nothing: set `spec.controllers.node.hostEndpoint.autoCreate: Enabled` in the KubeControllersConfiguration `default`. Calico gives them a profile that allows everything; look at your own GlobalNetworkPolicies before, as they may select the new endpoints.',
  ],
  limits: [
    {
      what: 'Calico always lets a node reach its own pods, whatever a policy says.',
      lock: AUTHENTICATION,
      sources: ['https://docs.tigera.io/calico/latest/reference/resources/hostendpoint'],
    },
    {
      what: 'With kube-proxy in IPVS mode, Calico judges connections of the node to a Service as well: `entry.clusterIp` is then denied to its own node.',
      lock: 'Use the hostPort, the default entry, or kube-proxy in another mode.',
      sources: ['https://github.com/projectcalico/calico/blob/master/felix/rules/static.go (filterOutputChain)'],
    },
    {
      what: 'A policy of a pod acts after the address was replaced: it never sees the port of the node.',
      lock: 'The GlobalNetworkPolicy does, with host endpoints.',
      sources: ['https://docs.tigera.io/calico/latest/reference/host-endpoints/pre-dnat'],
    },
  ],
};
