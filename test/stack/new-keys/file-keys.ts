import type { Change, KeyCase } from './key-case';

const MIRROR_POLICY = { kind: 'NetworkPolicy', name: 'mirror' };
const podsOf = (namespace: string, labels?: object) => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
  podSelector: labels === undefined ? {} : { matchLabels: labels },
});

/** The same rule in the words of Cilium and of Calico. */
const ofCnis = (cilium: Omit<Change, 'kind' | 'name'>): Change => ({
  kind: 'CiliumNetworkPolicy',
  name: 'mirror-flows',
  ...cilium,
});

/** Keys that let users of stack.yaml stay in the file. */
export const fileKeys: readonly KeyCase[] = [
  {
    key: 'metrics',
    value: { from: [{ namespace: 'monitoring', podLabels: { app: 'prometheus' } }, { namespace: 'agents' }] },
    changes: [
      {
        ...MIRROR_POLICY,
        pointer: '/spec/ingress/1',
        value: {
          from: [podsOf('monitoring', { app: 'prometheus' }), podsOf('agents')],
          ports: [{ protocol: 'TCP', port: 5004 }],
        },
      },
    ],
    wrong: [
      {
        value: { namespace: 'monitoring' },
        message: [
          'metrics.from: missing; expected a list of mappings: the pods that they are scraped from: a namespace, and the labels of the pods where others live there too',
          'metrics.namespace: there is no such key here; it belongs under an item of metrics.from; known here: from, credentialSecret',
        ],
      },
      {
        value: { from: [{ namespace: 'monitoring', podLabels: {} }] },
        message:
          'metrics.from[0].podLabels: no label selects every pod of the namespace: name one, or leave the key out',
      },
    ],
  },
  {
    key: 'network.extraIngress',
    beside: { network: { cni: 'cilium' } },
    value: [{ from: [{ namespace: 'probes' }, { cidr: '198.51.100.0/24' }], port: 5003 }],
    changes: [
      {
        ...MIRROR_POLICY,
        pointer: '/spec/ingress/1',
        value: {
          from: [podsOf('probes'), { ipBlock: { cidr: '198.51.100.0/24' } }],
          ports: [{ protocol: 'TCP', port: 5003 }],
        },
      },
      ofCnis({ pointer: '/spec/ingress/3/fromCIDR', value: ['198.51.100.0/24'] }),
      ofCnis({
        pointer: '/spec/ingressDeny/0/toPorts/0/ports',
        value: [5443, 5444, 5445, 5004, 5000, 5001].map((port) => ({ port: `${port}`, protocol: 'TCP' })),
      }),
    ],
    wrong: [
      {
        value: [{ from: [{ namespace: 'probes' }], port: 5444 }],
        message:
          "network.extraIngress[0].port: got 5444; this is the listener for peers' routers, for nodes and peers alone, who need no rule: name another port, such as 5003 for health",
      },
      {
        value: [{ from: [{ cidr: '::/0' }], port: 5003 }],
        message:
          'network.extraIngress[0].from[0].cidr: got "::/0"; this is every address there is: name the addresses of the callers',
      },
      {
        value: [{ from: [{ cidr: '0.0.0.0/1' }, { cidr: '128.0.0.0/1' }], port: 5003 }],
        message: ['0.0.0.0/1', '128.0.0.0/1'].map(
          (cidr, index) =>
            `network.extraIngress[0].from[${index}].cidr: got "${cidr}"; a prefix under /8 is more than one network has, and a few of them are every address there is: name the addresses of the callers`,
        ),
      },
    ],
  },
  {
    key: 'network.extraEgress',
    value: [{ to: [{ namespace: 'logs', podLabels: { app: 'loki' } }], port: 514, protocol: 'UDP' }],
    changes: [
      {
        ...MIRROR_POLICY,
        pointer: '/spec/egress/2',
        value: { to: [podsOf('logs', { app: 'loki' })], ports: [{ protocol: 'UDP', port: 514 }] },
      },
    ],
    wrong: [
      {
        value: [{ to: [{ podLabels: { app: 'loki' } }], port: 514 }],
        message: 'network.extraEgress[0].to[0]: namespace or cidr is missing: name one',
      },
      {
        value: [{ to: [{ namespace: 'logs' }], port: 514, protocol: 'SCTP' }],
        message: 'network.extraEgress[0].protocol: got "SCTP"; expected one of TCP, UDP',
      },
    ],
  },
  {
    key: 'patches',
    value: [
      {
        target: { kind: 'DaemonSet', name: 'mirror' },
        patch: [
          { op: 'test', path: '/spec/updateStrategy/type', value: 'RollingUpdate' },
          { op: 'add', path: '/spec/template/spec/hostAliases', value: [{ ip: '192.0.2.7', hostnames: ['proxy'] }] },
          { op: 'copy', from: '/metadata/name', path: '/metadata/annotations' },
          { op: 'replace', path: '/metadata/annotations', value: { 'example.com/pager': null } },
        ],
      },
      {
        target: { kind: 'Service', name: 'mirror-peers', namespace: 'secured-mirror', apiVersion: 'v1' },
        patch: [{ op: 'move', from: '/spec/publishNotReadyAddresses', path: '/spec/moved' }],
      },
    ],
    changes: [
      {
        kind: 'DaemonSet',
        name: 'mirror',
        pointer: '/spec/template/spec/hostAliases',
        value: [{ ip: '192.0.2.7', hostnames: ['proxy'] }],
      },
      { kind: 'DaemonSet', name: 'mirror', pointer: '/metadata/annotations', value: { 'example.com/pager': null } },
      { kind: 'Service', name: 'mirror-peers', pointer: '/spec/moved', value: true },
      { kind: 'Service', name: 'mirror-peers', pointer: '/spec/publishNotReadyAddresses', value: undefined },
    ],
    wrong: [
      {
        value: [{ target: { kind: 'DaemonSet', name: 'miror' }, patch: [{ op: 'remove', path: '/spec/foo' }] }],
        message: 'patches[0].target.name: got "miror"; expected a name that this stack has for DaemonSet: mirror',
      },
      {
        value: [{ target: { kind: 'DaemonSet', name: 'mirror' }, patch: [{ op: 'remove', path: '/spec/foo' }] }],
        message:
          'patches[0].patch[0]: remove /spec/foo: /spec has no foo, but selector, template, updateStrategy (DaemonSet mirror)',
      },
      {
        value: [{ target: { kind: 'DaemonSet', name: 'mirror' }, patch: [{ op: 'add', path: '/spec/foo' }] }],
        message: 'patches[0].patch[0].value: missing; add needs a value',
      },
    ],
  },
];
