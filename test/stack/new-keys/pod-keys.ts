import type { KeyCase } from './key-case';

const MIRROR = { kind: 'DaemonSet', name: 'mirror' };
const POD = '/spec/template/spec';
const CONTAINERS = [
  'initContainers/redirect',
  'initContainers/prepare',
  'initContainers/proxy',
  'containers/spegel',
  'containers/node-agent',
];
const NAME = "a name of at most 63 letters, digits, '-', '_' and '.', with a DNS name and '/' before it or not";
const OWN = 'the stack sets it, and the mirror is known by it: choose another key';

/** Keys of the mirror's pods. */
export const podKeys: readonly KeyCase[] = [
  {
    key: 'priorityClassName',
    beside: { platform: 'gke' },
    value: 'system-cluster-critical',
    changes: [
      { ...MIRROR, pointer: `${POD}/priorityClassName`, value: 'system-cluster-critical' },
      {
        kind: 'ResourceQuota',
        name: 'system-cluster-critical',
        pointer: '/spec/scopeSelector/matchExpressions/0/values',
        value: ['system-cluster-critical'],
      },
    ],
    wrong: [
      {
        value: 'High',
        message: 'priorityClassName: got "High"; expected the name of a PriorityClass, such as system-node-critical',
      },
      { value: 1000, message: 'priorityClassName: got 1000; expected a text: put it in quotes' },
    ],
  },
  {
    // A class of the user's own needs no quota.
    key: 'priorityClassName',
    beside: { platform: 'gke' },
    value: 'mirrors',
    changes: [
      { ...MIRROR, pointer: `${POD}/priorityClassName`, value: 'mirrors' },
      { kind: 'ResourceQuota', name: 'system-node-critical', pointer: '', value: undefined },
    ],
    wrong: [],
  },
  {
    key: 'podLabels',
    value: { 'example.com/team': 'platform', tier: '' },
    changes: [
      { ...MIRROR, pointer: '/spec/template/metadata/labels/example.com~1team', value: 'platform' },
      { ...MIRROR, pointer: '/spec/template/metadata/labels/tier', value: '' },
    ],
    wrong: [
      {
        value: { 'app.kubernetes.io/name': 'x', 'app.kubernetes.io/component': 'x', 'secured-mirror/x': 'x' },
        message: [
          `podLabels["app.kubernetes.io/name"]: ${OWN}`,
          `podLabels["app.kubernetes.io/component"]: ${OWN}`,
          `podLabels["secured-mirror/x"]: ${OWN}`,
        ],
      },
      { value: { 'controller-revision-hash': 'x' }, message: `podLabels.controller-revision-hash: ${OWN}` },
      { value: { 'a b': 'x' }, message: `podLabels["a b"]: no key of a label: expected ${NAME}` },
      {
        value: { team: 'a b' },
        message:
          "podLabels.team: got \"a b\"; expected at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
      },
      { value: { mirrored: true }, message: 'podLabels.mirrored: got true; expected a text: put it in quotes' },
    ],
  },
  {
    key: 'podAnnotations',
    value: { 'example.com/contact': 'Platform team, room 5' },
    changes: [
      {
        ...MIRROR,
        pointer: '/spec/template/metadata/annotations/example.com~1contact',
        value: 'Platform team, room 5',
      },
    ],
    wrong: [
      {
        value: { 'secured-mirror/config-hash': 'x' },
        message: `podAnnotations["secured-mirror/config-hash"]: ${OWN}`,
      },
      { value: { '-a': 'x' }, message: `podAnnotations["-a"]: no key of an annotation: expected ${NAME}` },
    ],
  },
  {
    key: 'imagePullPolicy',
    value: 'Always',
    changes: CONTAINERS.map((place) => ({ ...MIRROR, pointer: `${POD}/${place}/imagePullPolicy`, value: 'Always' })),
    wrong: [
      {
        value: 'always',
        message: 'imagePullPolicy: got "always"; expected one of IfNotPresent, Always, Never: did you mean Always?',
      },
    ],
  },
  {
    key: 'tolerations',
    value: [{ key: 'pressure', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }],
    changes: [{ ...MIRROR, pointer: `${POD}/tolerations/0/tolerationSeconds`, value: 300 }],
    wrong: [
      {
        value: [{ key: 'pressure', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 300 }],
        message:
          'tolerations[0].tolerationSeconds: got 300; seconds are for taints that end pods: say effect: NoExecute beside it, or leave it out',
      },
      {
        value: [{ key: 'pressure', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: -1 }],
        message: 'tolerations[0].tolerationSeconds: got -1; expected a whole number from 0 to 31536000',
      },
    ],
  },
];
