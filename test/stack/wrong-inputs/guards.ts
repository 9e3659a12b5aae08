import { type WrongInput, withAuthentication, withSettings } from './wrong-input';

const cidrs = 'network: {cidrs: {nodes: [10.0.0.0/16], pods: [10.244.0.0/16], services: [10.96.0.0/12]}}';
const withGuards = (guards: string) => withSettings(`${cidrs}\n    guards: ${guards}`);

/** Guards that cannot be. */
export const guards: WrongInput[] = [
  {
    title: 'guards that do not know the addresses of the cluster',
    text: withSettings('network: {cidrs: {pods: [], services: [10.96.0.0/12]}}\n    guards: {}'),
    errors: [
      '5:22: clusters[0].network.cidrs.nodes: missing; guards know the nodes by their addresses: write their networks; kubectl get nodes -o wide shows some of them',
      '5:29: clusters[0].network.cidrs.pods: missing; guards know the pods by their addresses: write their networks; kubectl get pods -A -o wide shows some of them',
    ],
  },
  {
    title: 'networks of the cluster that are none, all or twice',
    text: withSettings(
      'network: {cidrs: {nodes: [10.0.0.1, 0.0.0.0/0], pods: ["fd00::/129", "::ffff:10.0.0.0/104"], services: [10.96.0.0/12, 10.96.0.0/12]}}',
    ),
    errors: [
      '5:31: clusters[0].network.cidrs.nodes[0]: got "10.0.0.1"; the prefix length is missing: write 10.0.0.1/32',
      '5:41: clusters[0].network.cidrs.nodes[1]: got "0.0.0.0/0"; this is every address there is: name the addresses of the nodes',
      '5:60: clusters[0].network.cidrs.pods[0]: got "fd00::/129"; expected an address in CIDR notation, such as 169.254.20.10/32',
      '5:74: clusters[0].network.cidrs.pods[1]: got "::ffff:10.0.0.0/104"; these are addresses of IPv4 as IPv6 writes them: write them as IPv4',
      '5:123: clusters[0].network.cidrs.services[1]: got "10.96.0.0/12"; it is in the list already, as services[0]',
    ],
  },
  {
    title: 'an action that is none',
    text: withGuards('{action: Block, probes: {action: deny}}'),
    errors: [
      '6:22: clusters[0].guards.action: got "Block"; expected one of Audit, Warn, Deny',
      '6:46: clusters[0].guards.probes.action: got "deny"; expected one of Audit, Warn, Deny: did you mean Deny?',
    ],
  },
  {
    title: 'hosts that no URL has',
    text: withGuards(
      '{webhooks: {allowedHosts: [Hooks.example.com, "https://a.example.com", "a.example.com:0", "[10.0.0.1]", "10.0.1", "fe80::1%eth0", a, a]}}',
    ),
    errors: [
      '6:40: clusters[0].guards.webhooks.allowedHosts[0]: got "Hooks.example.com"; expected a host name in lower case or an address, with a port or without, such as hooks.example.com or 127.0.0.1:23443',
      '6:59: clusters[0].guards.webhooks.allowedHosts[1]: got "https://a.example.com"; expected a host name in lower case or an address, with a port or without, such as hooks.example.com or 127.0.0.1:23443',
      '6:84: clusters[0].guards.webhooks.allowedHosts[2]: got "a.example.com:0"; expected a host name in lower case or an address, with a port or without, such as hooks.example.com or 127.0.0.1:23443',
      '6:103: clusters[0].guards.webhooks.allowedHosts[3]: got "[10.0.0.1]"; expected a host name in lower case or an address, with a port or without, such as hooks.example.com or 127.0.0.1:23443',
      '6:117: clusters[0].guards.webhooks.allowedHosts[4]: got "10.0.1"; expected a host name in lower case or an address, with a port or without, such as hooks.example.com or 127.0.0.1:23443',
      '6:127: clusters[0].guards.webhooks.allowedHosts[5]: got "fe80::1%eth0"; expected a host name in lower case or an address, with a port or without, such as hooks.example.com or 127.0.0.1:23443',
      '6:146: clusters[0].guards.webhooks.allowedHosts[7]: got "a"; it is in the list already, as allowedHosts[6]',
    ],
  },
  {
    title: 'Services and namespaces that are none',
    text: withGuards(
      '{webhooks: {allowedServices: [kubelet, kube-system/a.b]}, probes: {exceptNamespaces: [Kube-system]}}',
    ),
    errors: [
      '6:43: clusters[0].guards.webhooks.allowedServices[0]: got "kubelet"; expected namespace/name of a Service, such as kube-system/kubelet',
      '6:52: clusters[0].guards.webhooks.allowedServices[1]: got "kube-system/a.b"; expected namespace/name of a Service, such as kube-system/kubelet',
      '6:99: clusters[0].guards.probes.exceptNamespaces[0]: got "Kube-system"; expected the name of a namespace',
    ],
  },
  {
    title: 'operators that fit on no line',
    text: withGuards(`{mirrorNamespace: {operators: {groups: [""], fieldManagers: [" helm", "a\\nb"]}}}`),
    errors: [
      `6:53: clusters[0].guards.mirrorNamespace.operators.groups[0]: got ""; expected a name on one line, without spaces around it`,
      `6:74: clusters[0].guards.mirrorNamespace.operators.fieldManagers[0]: got " helm"; expected a name on one line, without spaces around it`,
      `6:83: clusters[0].guards.mirrorNamespace.operators.fieldManagers[1]: got "a\\nb"; expected a name on one line, without spaces around it`,
    ],
  },
  {
    title: 'a policy of approval for certificates that nobody asks for',
    text: withAuthentication(
      '{mutualTls: {secrets: {peer: our-peer}}}',
      `${cidrs}\n    guards: {certificates: {approverPolicy: true}}`,
    ),
    errors: [
      '6:45: clusters[0].guards.certificates.approverPolicy: got true; needs authentication.mutualTls.issuer: without it cert-manager signs nothing for the mirror; take it out',
    ],
  },
];
