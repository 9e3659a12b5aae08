import { type WrongInput, withAuthentication, withSettings } from './wrong-input';

const LOCKED = (port: number, lock: string) =>
  `clusters[0].network.extraIngress[0].port: got ${port}; this is ${lock}, for nodes and peers alone, who need no rule: name another port, such as 5003 for health`;
const rule = (port: number) => `{from: [{namespace: probes}], port: ${port}}`;

/** Rules beside the flows of the mirror that cannot be. */
export const extraRules: WrongInput[] = [
  ...(
    [
      [5445, 'the entry'],
      [5443, 'the listener for peers'],
      [5444, "the listener for peers' routers"],
      [5000, "Spegel's registry"],
      [5001, "Spegel's router"],
    ] as const
  ).map(([port, lock]) => ({
    title: `a rule that opens ${lock}`,
    text: withSettings(`network: {extraIngress: [${rule(port)}]}`),
    errors: [`5:66: ${LOCKED(port, lock)}`],
  })),
  {
    title: 'a rule that opens the router of basic authentication, which asks for nothing',
    text: withAuthentication(`{basic: {credential: {secret: mine}}}\n    network: {extraIngress: [${rule(5444)}]}`),
    errors: [`5:66: ${LOCKED(5444, "the listener for peers' routers")}`],
  },
  {
    title: 'a rule for a port that is none of the pod, or at which nothing listens',
    text: withSettings(`network: {extraIngress: [${rule(30020)}, ${rule(5004)}]}`),
    errors: [
      '5:66: clusters[0].network.extraIngress[0].port: got 30020; this is where a node finds the entry, and no port of the pod: name another port, such as 5003 for health',
      '5:110: clusters[0].network.extraIngress[1].port: got 5004; nothing listens there without metrics: set metrics, or name another port, such as 5003 for health',
    ],
  },
  {
    title: "a rule for the entry's own port of the node, and for the metrics that there are",
    text: withSettings(
      `network: {extraIngress: [${rule(30022)}, ${rule(5004)}]}\n    entry: {loopback: {port: 30022}}\n    metrics: {from: [{namespace: monitoring}]}`,
    ),
    errors: [
      '5:66: clusters[0].network.extraIngress[0].port: got 30022; this is where a node finds the entry, and no port of the pod: name another port, such as 5003 for health',
    ],
  },
  {
    title: 'a rule for everybody',
    text: withSettings('network: {extraIngress: [{from: [{cidr: 0.0.0.0/0}], port: 5003}]}'),
    errors: [
      '5:45: clusters[0].network.extraIngress[0].from[0].cidr: got "0.0.0.0/0"; this is every address there is: name the addresses of the callers',
    ],
  },
  {
    title: 'a rule for nobody',
    text: withSettings('network: {extraIngress: [{from: [], port: 5003}], extraEgress: [{to: [{}], port: 53}]}'),
    errors: [
      '5:37: clusters[0].network.extraIngress[0].from: got an empty list; expected at least one item',
      '5:75: clusters[0].network.extraEgress[0].to[0]: namespace or cidr is missing: name one',
    ],
  },
  {
    title: 'a rule for pods and addresses in one',
    text: withSettings(
      'network: {extraEgress: [{to: [{namespace: logs, cidr: 10.0.0.9/32, podLabels: {a: b}}], port: 514}]}',
    ),
    errors: [
      '5:35: clusters[0].network.extraEgress[0].to[0]: namespace and cidr contradict each other: keep one',
      '5:83: clusters[0].network.extraEgress[0].to[0].podLabels: it contradicts cidr, as addresses have no labels: leave one out',
    ],
  },
  {
    title: 'a protocol that policies do not know',
    text: withSettings('network: {extraEgress: [{to: [{cidr: 10.0.0.9}], port: 514, protocol: tcp}]}'),
    errors: [
      '5:42: clusters[0].network.extraEgress[0].to[0].cidr: got "10.0.0.9"; the prefix length is missing: write 10.0.0.9/32',
      '5:75: clusters[0].network.extraEgress[0].protocol: got "tcp"; expected one of TCP, UDP: did you mean TCP?',
    ],
  },
  {
    title: 'rules where no policies are made',
    text: withSettings(`network: {policies: false, extraIngress: [${rule(5003)}]}`),
    errors: [
      '5:46: clusters[0].network.extraIngress: it contradicts policies: false, as it is for policies only: leave one out',
    ],
  },
  {
    title: 'scrapers without labels, and with wrong ones',
    text: withSettings('metrics: {from: [{namespace: a, podLabels: {}}, {namespace: a, podLabels: {app: a b}}]}'),
    errors: [
      '5:48: clusters[0].metrics.from[0].podLabels: no label selects every pod of the namespace: name one, or leave the key out',
      `5:85: clusters[0].metrics.from[1].podLabels.app: got "a b"; expected at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends`,
    ],
  },
];
