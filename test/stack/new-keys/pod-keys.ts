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

const RESOURCES: readonly KeyCase[] = [
  {
    key: 'resources',
    value: {
      proxy: { requests: { cpu: '200m' }, limits: { memory: '512Mi' } },
      spegel: { limits: { cpu: 1.5, memory: '1Gi' } },
      nodeAgent: { requests: { cpu: 0.02, memory: 33554432 } },
      redirect: { requests: { cpu: '1m' } },
    },
    changes: [
      { ...MIRROR, pointer: `${POD}/initContainers/proxy/resources/requests/cpu`, value: '200m' },
      { ...MIRROR, pointer: `${POD}/initContainers/proxy/resources/limits`, value: { memory: '512Mi' } },
      { ...MIRROR, pointer: `${POD}/containers/spegel/resources/limits`, value: { cpu: '1.5', memory: '1Gi' } },
      {
        ...MIRROR,
        pointer: `${POD}/containers/node-agent/resources/requests`,
        value: { cpu: '0.02', memory: '33554432' },
      },
      { ...MIRROR, pointer: `${POD}/initContainers/prepare/resources/requests/cpu`, value: '0.02' },
      { ...MIRROR, pointer: `${POD}/initContainers/redirect/resources/requests/cpu`, value: '1m' },
    ],
    wrong: [
      {
        value: { spegel: { requests: { memory: '1Gi' } } },
        message:
          'resources.spegel.requests.memory: got "1Gi"; it is more than the limit, 512Mi by default: set limits.memory to as much at least',
      },
      {
        value: { spegel: { limits: { memory: '8Mi' } } },
        message:
          'resources.spegel.limits.memory: got "8Mi"; it is below what the container asks for, 32Mi by default: set requests.memory too',
      },
      {
        value: { nodeAgent: { requests: { cpu: '200m' }, limits: { cpu: '0.1' } } },
        message:
          'resources.nodeAgent.requests.cpu: got "200m"; it is more than the limit, 0.1: set limits.cpu to as much at least',
      },
      {
        value: { proxy: { limits: { memory: '128Mi' } } },
        message:
          'resources.proxy.limits.memory: got "128Mi"; the proxy would refuse requests for want of memory: expected at least 192Mi',
      },
      {
        value: { proxy: { requests: { memory: '64' }, limits: { cpu: 0 } } },
        message: [
          'resources.proxy.requests.memory: got "64"; expected memory from 1Mi to 1Ti, such as 64Mi: did you leave out the unit?',
          'resources.proxy.limits.cpu: got 0; expected cores from 1m to 1000, such as 250m or 0.25',
        ],
      },
      {
        value: { redirect: { requests: { cpu: '10M', memory: '64MB' } } },
        message: [
          'resources.redirect.requests.cpu: got "10M"; expected cores such as 250m or 0.25: write 10m',
          'resources.redirect.requests.memory: got "64MB"; expected memory such as 64Mi or 1Gi',
        ],
      },
      {
        value: { redirect: { requests: { cpu: true } }, agent: {} },
        message: [
          'resources.redirect.requests.cpu: got true; expected a text or a number',
          'resources.agent: there is no such key here; known here: proxy, spegel, nodeAgent, redirect, nodeReadinessReporter; what has no key goes into patches',
        ],
      },
    ],
  },
  {
    // The limits of the proxy decide its default memory, and requests are compared with that.
    key: 'resources',
    beside: { limits: { requests: 16, connections: 256, entryConnections: 64 } },
    value: { proxy: { requests: { memory: '280Mi' } } },
    changes: [{ ...MIRROR, pointer: `${POD}/initContainers/proxy/resources/requests/memory`, value: '280Mi' }],
    wrong: [
      {
        value: { proxy: { requests: { memory: '281Mi' } } },
        message:
          'resources.proxy.requests.memory: got "281Mi"; it is more than the limit, 280Mi by default: set limits.memory to as much at least',
      },
    ],
  },
];

const UPDATES: readonly KeyCase[] = [
  {
    key: 'updateStrategy',
    value: { rollingUpdate: { maxUnavailable: 2 } },
    changes: [
      {
        ...MIRROR,
        pointer: '/spec/updateStrategy',
        value: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } },
      },
    ],
    wrong: [
      {
        value: { rollingUpdate: { maxSurge: 1 } },
        message:
          "updateStrategy.rollingUpdate.maxSurge: there is no such key here: a node has one mirror, as two would contend for the entry's port and the node's registry settings; known here: maxUnavailable",
      },
      {
        value: { rollingUpdate: { maxUnavailable: '0%' } },
        message:
          'updateStrategy.rollingUpdate.maxUnavailable: got "0%"; expected a number of nodes from 1, without quotes, or a percentage from 1% to 100%',
      },
      {
        value: { rollingUpdate: { maxUnavailable: 0 } },
        message:
          'updateStrategy.rollingUpdate.maxUnavailable: got 0; expected a whole number of nodes from 1 to 100000',
      },
      {
        value: { type: 'OnDelete', rollingUpdate: { maxUnavailable: 1 } },
        message:
          'updateStrategy.rollingUpdate: it contradicts type: OnDelete, which replaces no pod by itself: leave one out',
      },
      {
        value: { type: 'Recreate' },
        message: 'updateStrategy.type: got "Recreate"; expected one of RollingUpdate, OnDelete',
      },
    ],
  },
  {
    key: 'updateStrategy',
    value: { rollingUpdate: { maxUnavailable: '25%' } },
    changes: [{ ...MIRROR, pointer: '/spec/updateStrategy/rollingUpdate/maxUnavailable', value: '25%' }],
    wrong: [],
  },
  {
    key: 'updateStrategy',
    value: { type: 'OnDelete' },
    changes: [{ ...MIRROR, pointer: '/spec/updateStrategy', value: { type: 'OnDelete' } }],
    wrong: [],
  },
];

const terms = (...nodeSelectorTerms: object[]) => ({
  nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
});
const TERMS = 'affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
const chosen = terms(
  { matchExpressions: [{ key: 'example.com/pool', operator: 'NotIn', values: ['tiny'] }] },
  { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-1'] }] },
);
const ONE_MIRROR = 'each node that is chosen gets one mirror, whatever pods run there';

const AFFINITY: readonly KeyCase[] = [
  {
    key: 'affinity',
    value: chosen,
    changes: [{ ...MIRROR, pointer: `${POD}/affinity`, value: chosen }],
    wrong: [
      {
        value: { podAntiAffinity: {} },
        message: `affinity.podAntiAffinity: there is no such key here: ${ONE_MIRROR}; known here: nodeAffinity`,
      },
      {
        value: { ...chosen, podAffinity: {} },
        message: `affinity.podAffinity: there is no such key here: ${ONE_MIRROR}; known here: nodeAffinity`,
      },
      {
        value: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
        message:
          'affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution: there is no such key here: a DaemonSet prefers no node: each that is chosen gets a mirror; known here: requiredDuringSchedulingIgnoredDuringExecution',
      },
      { value: terms(), message: `${TERMS}: got an empty list; expected at least one item` },
      {
        value: terms({}, { matchExpressions: [] }),
        message: [0, 1].map(
          (n) => `${TERMS}[${n}]: a term without requirements matches no node: write matchExpressions`,
        ),
      },
      {
        value: terms({
          matchExpressions: [
            { key: 'pool', operator: 'In' },
            { key: 'pool', operator: 'Exists', values: ['a'] },
            { key: 'cores', operator: 'Gt', values: ['many'] },
            { key: 'a b', operator: 'Exists' },
          ],
        }),
        message: [
          `${TERMS}[0].matchExpressions[0].values: missing; expected at least one value for operator: In`,
          `${TERMS}[0].matchExpressions[1].values: it contradicts operator: Exists, which takes any value: leave it out`,
          `${TERMS}[0].matchExpressions[2].values: expected one whole number for operator: Gt, in quotes`,
          `${TERMS}[0].matchExpressions[3].key: got "a b"; expected ${NAME}`,
        ],
      },
      {
        value: terms({ matchFields: [{ key: 'spec.nodeName', operator: 'Exists' }] }),
        message: [
          `${TERMS}[0].matchFields[0].key: got "spec.nodeName"; expected metadata.name, the only field there is: labels go under matchExpressions`,
          `${TERMS}[0].matchFields[0].operator: got "Exists"; expected In or NotIn for a field`,
        ],
      },
      {
        value: terms({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a', 'b'] }] }),
        message: `${TERMS}[0].matchFields[0].values: expected one name: write a term for each node`,
      },
    ],
  },
];

const LOG_LEVELS: readonly KeyCase[] = [
  {
    key: 'logLevel',
    value: { proxy: 'debug', spegel: 'warning', nodeAgent: 'warning' },
    changes: [
      { ...MIRROR, pointer: `${POD}/initContainers/proxy/args/1`, value: 'debug' },
      { ...MIRROR, pointer: `${POD}/containers/node-agent/env/MIRROR_LOG_LEVEL/value`, value: 'warning' },
      { ...MIRROR, pointer: `${POD}/containers/spegel/args/1`, value: '--log-level=WARN' },
    ],
    wrong: [
      {
        value: { proxy: 'trace', spegel: 'DEBUG', nodeAgent: 'debug' },
        message: [
          'logLevel.proxy: got "trace"; expected one of debug, info, warning, error',
          'logLevel.spegel: got "DEBUG"; expected one of debug, info, warning, error: did you mean debug?',
          'logLevel.nodeAgent: got "debug"; expected one of info, warning',
        ],
      },
    ],
  },
];

const DIGEST = `sha256:${'a'.repeat(64)}`;
const FORM =
  'expected an image with its registry, and with its tag, its digest sha256:<64 hexadecimal digits>, or both, such as ghcr.io/spegel-org/spegel:v0.7.3';
const whole = `registry.example.com:5000/mirror/spegel:v0.7.3@${DIGEST}`;

const IMAGES: readonly KeyCase[] = [
  {
    key: 'images.spegel',
    value: whole,
    changes: [{ ...MIRROR, pointer: `${POD}/containers/spegel/image`, value: whole }],
    wrong: [
      {
        value: 'registry.example.com/spegel',
        message: 'images.spegel: got "registry.example.com/spegel"; name a version: write its tag, its digest, or both',
      },
      {
        value: 'spegel-org/spegel:v0.7.3',
        message:
          'images.spegel: got "spegel-org/spegel:v0.7.3"; expected the image\'s registry in front, such as docker.io/spegel-org/spegel',
      },
      { value: 'spegel:v0.7.3', message: `images.spegel: got "spegel:v0.7.3"; ${FORM}` },
      { value: 'ghcr.io/a/b:v1@sha256:abc', message: `images.spegel: got "ghcr.io/a/b:v1@sha256:abc"; ${FORM}` },
      {
        value: 'ghcr.io/a/b:latest',
        message: 'images.spegel: got "ghcr.io/a/b:latest"; nodes would run different versions: name a version',
      },
      {
        value: 5,
        message: 'images.spegel: got 5; expected a text or a mapping with the keys repository, tag, digest',
      },
      {
        value: { repository: 'spegel-org/spegel' },
        message:
          'images.spegel.repository: got "spegel-org/spegel"; expected the image\'s registry in front, such as docker.io/spegel-org/spegel',
      },
      {
        value: { image: 'x' },
        message: 'images.spegel.image: there is no such key here; known here: repository, tag, digest',
      },
    ],
  },
  {
    key: 'images',
    value: { envoy: 'docker.io/envoyproxy/envoy:v1.40.1' },
    changes: ['initContainers/proxy', 'initContainers/prepare', 'containers/node-agent'].map((place) => ({
      ...MIRROR,
      pointer: `${POD}/${place}/image`,
      value: 'docker.io/envoyproxy/envoy:v1.40.1',
    })),
    wrong: [
      {
        value: { registryPrefix: 'registry.example.com', envoy: 'docker.io/envoyproxy/envoy:distroless-v1.40.0' },
        message: [
          'images.envoy: got "docker.io/envoyproxy/envoy:distroless-v1.40.0"; it contradicts images.registryPrefix, which takes the place of the official registry: keep one',
          'images.envoy: got "docker.io/envoyproxy/envoy:distroless-v1.40.0"; the node agent runs in this image too and needs its shell: name one that is not distroless',
        ],
      },
    ],
  },
];

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
      {
        value: {
          'container.apparmor.security.beta.kubernetes.io/spegel': 'unconfined',
          'k8s.v1.cni.cncf.io/networks': 'x',
        },
        message: [
          'podAnnotations["container.apparmor.security.beta.kubernetes.io/spegel"]: it takes back what confines the containers: leave it out',
          'podAnnotations["k8s.v1.cni.cncf.io/networks"]: policies do not hold on networks beside the first: leave it out',
        ],
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
  ...RESOURCES,
  ...UPDATES,
  ...AFFINITY,
  ...LOG_LEVELS,
  ...IMAGES,
];
