import { type WrongInput, withSettings } from './wrong-input';

/** Policies, nodes and paths that cannot be. */
export const network: WrongInput[] = [
  {
    title: 'DNS servers without policies',
    text: withSettings('network: {policies: false, dns: {addresses: [10.0.0.10/32]}}'),
    errors: [
      '5:37: clusters[0].network.dns: it contradicts policies: false, as it is for policies only: leave one out',
    ],
  },
  {
    title: 'a CNI and its host firewall without policies',
    text: withSettings('network: {policies: false, cni: cilium, hostFirewall: true}'),
    errors: [
      '5:37: clusters[0].network.cni: it contradicts policies: false, as it is for policies only: leave one out',
      '5:59: clusters[0].network.hostFirewall: it contradicts policies: false, as it is for policies only: leave one out',
    ],
  },
  {
    title: 'a CNI that the stack does not know',
    text: withSettings('network: {cni: flannel}'),
    errors: ['5:20: clusters[0].network.cni: got "flannel"; expected one of cilium, calico, ovn-kubernetes'],
  },
  {
    title: 'the host firewall of another CNI',
    text: withSettings('network: {cni: calico, hostFirewall: true}'),
    errors: ['5:42: clusters[0].network.hostFirewall: got true; it is for cni: cilium only: leave it out'],
  },
  {
    title: 'the host firewall where no port of a node is open',
    text: withSettings('network: {cni: cilium, hostFirewall: true}\n    entry: {clusterIp: {address: 10.96.77.77}}'),
    errors: [
      '5:42: clusters[0].network.hostFirewall: got true; entry.clusterIp opens no port of a node that it could close: leave it out',
    ],
  },
  {
    title: 'a DNS server without prefix length',
    text: withSettings('network: {dns: {addresses: [10.0.0.10, "fd00::a"]}}'),
    errors: [
      '5:33: clusters[0].network.dns.addresses[0]: got "10.0.0.10"; the prefix length is missing: write 10.0.0.10/32',
      '5:44: clusters[0].network.dns.addresses[1]: got "fd00::a"; the prefix length is missing: write fd00::a/128',
    ],
  },
  {
    title: 'every address',
    text: withSettings('network: {dns: {addresses: [0.0.0.0/0, "::/0"]}}'),
    errors: [
      '5:33: clusters[0].network.dns.addresses[0]: got "0.0.0.0/0"; this is every address there is: name the addresses of the DNS servers',
      '5:44: clusters[0].network.dns.addresses[1]: got "::/0"; this is every address there is: name the addresses of the DNS servers',
    ],
  },
  {
    title: 'a CIDR that is none',
    text: withSettings('network: {dns: {addresses: [10.0.0.10/33, dns.example.com]}}'),
    errors: [
      '5:33: clusters[0].network.dns.addresses[0]: got "10.0.0.10/33"; expected an address in CIDR notation, such as 169.254.20.10/32',
      '5:47: clusters[0].network.dns.addresses[1]: got "dns.example.com"; expected an address in CIDR notation, such as 169.254.20.10/32',
    ],
  },
  {
    title: 'DNS pods without a label, and with one that is none',
    text: withSettings(
      'network: {dns: {pods: [{namespace: dns, labels: {}}, {namespace: dns, labels: {app: -x, a b: c}}]}}',
    ),
    errors: [
      '5:53: clusters[0].network.dns.pods[0].labels: no label selects every pod of the namespace: name a label that only the DNS servers have',
      `5:89: clusters[0].network.dns.pods[1].labels.app: got "-x"; expected at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends`,
      `5:93: clusters[0].network.dns.pods[1].labels["a b"]: no key of a label: expected a name of at most 63 letters, digits, '-', '_' and '.', with a DNS name and '/' before it or not`,
    ],
  },
  {
    title: 'a DNS service that is none',
    text: withSettings('network: {dns: {preset: gke-dns}}'),
    errors: [
      '5:29: clusters[0].network.dns.preset: got "gke-dns"; expected one of kube-dns, node-local-dns, gke-node-local-dns, gke-cloud-dns, eks-auto-mode, openshift',
    ],
  },
  {
    title: 'pods that wait, without the API server',
    text: withSettings('nodeReadiness: {}'),
    errors: [
      '5:20: clusters[0].nodeReadiness.apiServer: missing; the policies deny the mirror everything that is not named: write its addresses, which kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes shows',
    ],
  },
  {
    title: 'the API server without policies',
    text: withSettings(`network: {policies: false}
    nodeReadiness: {apiServer: {addresses: [10.0.0.4/32]}}`),
    errors: [
      '6:32: clusters[0].nodeReadiness.apiServer: it contradicts network.policies: false, as it is for policies only: leave one out',
    ],
  },
  {
    title: 'addresses of the API server that are none, all or twice',
    text: withSettings('nodeReadiness: {apiServer: {addresses: [10.0.0.4, 0.0.0.0/0, 10.0.0.5/32, 10.0.0.5/32]}}'),
    errors: [
      '5:45: clusters[0].nodeReadiness.apiServer.addresses[0]: got "10.0.0.4"; the prefix length is missing: write 10.0.0.4/32',
      '5:55: clusters[0].nodeReadiness.apiServer.addresses[1]: got "0.0.0.0/0"; this is every address there is: name the addresses of the API servers',
      '5:79: clusters[0].nodeReadiness.apiServer.addresses[3]: got "10.0.0.5/32"; it is in the list already, as addresses[2]',
    ],
  },
  {
    title: 'a label that is none',
    text: withSettings('nodeSelector: {a b: c, mirror: -x}'),
    errors: [
      `5:20: clusters[0].nodeSelector["a b"]: no key of a label: expected a name of at most 63 letters, digits, '-', '_' and '.', with a DNS name and '/' before it or not`,
      `5:36: clusters[0].nodeSelector.mirror: got "-x"; expected at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends`,
    ],
  },
  {
    title: 'Windows',
    text: withSettings('nodeSelector: {kubernetes.io/os: windows}'),
    errors: [
      '5:38: clusters[0].nodeSelector["kubernetes.io/os"]: got "windows"; the mirror runs on Linux nodes only: leave this out',
    ],
  },
  {
    title: 'a toleration of any value with a value',
    text: withSettings('tolerations: [{key: a, operator: Exists, value: b}]'),
    errors: [
      '5:53: clusters[0].tolerations[0].value: got "b"; it contradicts operator: Exists, which takes any value: leave one out',
    ],
  },
  {
    title: 'a toleration without a key',
    text: withSettings('tolerations: [{effect: NoSchedule}]'),
    errors: [
      '5:19: clusters[0].tolerations[0]: without a key every taint is meant: name a key, or write operator: Exists',
    ],
  },
  {
    title: 'taints that are none',
    text: withSettings('tolerations: [{key: a b, value: -c}]'),
    errors: [
      `5:25: clusters[0].tolerations[0].key: got "a b"; expected a name of at most 63 letters, digits, '-', '_' and '.', with a DNS name and '/' before it or not`,
      `5:37: clusters[0].tolerations[0].value: got "-c"; expected at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends`,
    ],
  },
  {
    title: 'a path with detours',
    text: withSettings('containerd: {registryConfig: /etc/containerd/../certs.d/}'),
    errors: [
      '5:34: clusters[0].containerd.registryConfig: got "/etc/containerd/../certs.d/"; expected the shortest form of the path: write /etc/certs.d',
    ],
  },
  {
    title: 'a socket that is none',
    text: withSettings('containerd: {socket: /run/containerd}'),
    errors: [
      `5:26: clusters[0].containerd.socket: got "/run/containerd"; expected containerd's socket, which ends in .sock`,
    ],
  },
  {
    title: 'the root of containerd for its content',
    text: withSettings('containerd: {content: /var/lib/containerd}'),
    errors: [
      `5:27: clusters[0].containerd.content: got "/var/lib/containerd"; expected the content store, the folder io.containerd.content.v1.content below containerd's root`,
    ],
  },
  {
    title: 'one path for two',
    text: withSettings('containerd: {registryConfig: /run/containerd/containerd.sock}'),
    errors: [
      `5:34: clusters[0].containerd.registryConfig: got "/run/containerd/containerd.sock"; expected a folder of its own: this is containerd's already`,
    ],
  },
  {
    title: 'a link of a list that does not lead to the settings',
    text: withSettings('containerd: {registryConfig: /etc/certs.d, linkDefaultList: true}'),
    errors: [
      "5:65: clusters[0].containerd.linkDefaultList: got true; expected false, or the registryConfig /etc/containerd/certs.d, with which containerd's default list begins: no link leads from there to /etc/certs.d",
    ],
  },
  {
    title: 'the same on a platform with another folder',
    text: withSettings('containerd: {linkDefaultList: true}\n    platform: k3s'),
    errors: [
      "5:35: clusters[0].containerd.linkDefaultList: got true; expected false, or the registryConfig /etc/containerd/certs.d, with which containerd's default list begins: no link leads from there to /var/lib/rancher/k3s/agent/etc/containerd/certs.d",
    ],
  },
  {
    title: 'the same beside a folder that is none',
    text: withSettings('containerd: {registryConfig: certs.d, linkDefaultList: true}\n    platform: k3s'),
    errors: [
      `5:34: clusters[0].containerd.registryConfig: got "certs.d"; expected an absolute path, without spaces and ':', such as /etc/containerd/certs.d`,
    ],
  },
];
