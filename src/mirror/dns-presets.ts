import { mirrorDefaults } from './props/defaults';
import type { DnsPods, DnsPreset, DnsProps } from './props/dns-props';

/** DNS servers that policies name. */
export interface DnsServers {
  /** Servers that are pods. */
  readonly pods: Required<DnsPods>[];
  /** Servers that no label selects, in CIDR notation, at port 53. */
  readonly addresses: string[];
}

/** DNS servers of a platform, and how they are known. */
export interface DnsService extends DnsServers {
  /** The public documents that say so. */
  readonly source: string;
  /** Which clusters have it, and what else to know. */
  readonly note: string;
}

const pods = (
  namespace: string,
  key: string,
  value: string,
  port: number = mirrorDefaults.dns.port,
): Required<DnsPods> => ({
  namespace,
  labels: { [key]: value },
  port,
});

const KUBE_DNS = pods('kube-system', 'k8s-app', 'kube-dns');

/** The address that NodeLocal DNSCache listens on unless somebody changed it. */
const NODE_LOCAL = '169.254.20.10/32';

const KUBERNETES_NODE_LOCAL = 'https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/';

/** The DNS services, with their sources. */
export const dnsServices: Record<DnsPreset, DnsService> = {
  'kube-dns': {
    pods: [KUBE_DNS],
    addresses: [],
    source: 'https://kubernetes.io/docs/tasks/administer-cluster/dns-debugging-resolution/',
    note: 'CoreDNS or kube-dns as kubeadm, kind, k3s, RKE2, k0s, EKS with managed nodes and AKS run it.',
  },
  'node-local-dns': {
    pods: [KUBE_DNS],
    addresses: [NODE_LOCAL],
    source: `${KUBERNETES_NODE_LOCAL} and https://github.com/kubernetes/kubernetes/tree/master/cluster/addons/dns/nodelocaldns (README, on policies)`,
    note: 'NodeLocal DNSCache runs in the network of the node, where no label selects it. If it was installed with another local address, name that one under `addresses`. Where it also takes over the address of the Service kube-dns, name that address too.',
  },
  'gke-node-local-dns': {
    pods: [KUBE_DNS, pods('kube-system', 'k8s-app', 'node-local-dns')],
    addresses: [NODE_LOCAL],
    source:
      'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache; https://docs.cilium.io/en/stable/network/kubernetes/local-redirect-policy/ (Node-local DNS cache)',
    note: 'NodeLocal DNSCache on GKE: on in Autopilot, and in Standard clusters from 1.34.1 on. Dataplane V2 leads requests to the pod of the cache on the same node and judges them by its label.',
  },
  'gke-cloud-dns': {
    pods: [],
    addresses: ['169.254.169.254/32', NODE_LOCAL],
    source:
      'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/cloud-dns; https://github.com/tektoncd/operator/issues/4000 (resolv.conf of a pod, seen)',
    note: 'Cloud DNS for GKE answers at the address of the metadata server. Port 53 alone is opened there, so tokens of the node, at port 80, stay out of reach.',
  },
  'eks-auto-mode': {
    pods: [],
    addresses: ['172.20.0.10/32', '10.100.0.10/32'],
    source:
      'https://github.com/aws/containers-roadmap/issues/2552 (by label refused, by address answered); https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html (serviceIpv4Cidr)',
    note: 'The nodes of Auto Mode run a Bottlerocket variant, on which the mirror has not been made to work (see eks above): this is for pools of your own beside them. CoreDNS is a service of each node there, not a pod. The addresses are the tenth ones of the two ranges that EKS gives Services by itself; for a range of your own name its tenth address under `addresses`.',
  },
  openshift: {
    pods: [pods('openshift-dns', 'dns.operator.openshift.io/daemonset-dns', 'default', 5353)],
    addresses: [],
    source:
      'https://docs.redhat.com/en/documentation/openshift_container_platform/4.20/html/networking_operators/dns-operator; https://github.com/openshift/cluster-dns-operator/tree/master/assets/dns',
    note: 'The pods listen on 5353; the Service is what listens on 53. Nodes of OpenShift run CRI-O, which reads no hosts.toml: the mirror is for clusters with the DNS of OpenShift and nodes with containerd; organisation tokens need neither.',
  },
};

/**
 * The DNS servers that the mirror may ask: the servers of the preset, then the user's.
 *
 * @param dns the user's settings
 */
export function resolveDns(dns: DnsProps = {}): DnsServers {
  const { preset, pods, addresses, port } = { ...mirrorDefaults.dns, ...dns };
  const service = dnsServices[preset];
  return {
    pods: [...service.pods, ...pods.map(({ labels, ...own }) => ({ port, ...own, labels: { ...labels } }))],
    addresses: [...new Set([...service.addresses, ...addresses])],
  };
}
