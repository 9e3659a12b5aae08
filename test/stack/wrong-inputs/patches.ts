import { type WrongInput, withSettings } from './wrong-input';

const withPatches = (...patches: string[]) =>
  withSettings(`patches:${patches.map((patch) => `\n      - ${patch}`).join('')}`);
const daemonSet = (operation: string) => `{target: {kind: DaemonSet, name: mirror}, patch: [${operation}]}`;
const PATCH = 'clusters[0].patches[0].patch[0]';

/** Patches that fit no object, or are none. */
export const patches: WrongInput[] = [
  {
    title: 'a patch of no kind that the stack makes',
    text: withPatches('{target: {kind: Daemonset, name: mirror}, patch: [{op: remove, path: /spec}]}'),
    errors: [
      '6:25: clusters[0].patches[0].target.kind: got "Daemonset"; expected a kind that this stack makes: DaemonSet, Namespace, Service, Issuer, ConfigMap, Certificate, NetworkPolicy, ServiceAccount',
    ],
  },
  {
    title: 'a patch of no name that the stack makes',
    text: withPatches('{target: {kind: ConfigMap, name: mirror-agent}, patch: [{op: remove, path: /data}]}'),
    errors: [
      '6:42: clusters[0].patches[0].target.name: got "mirror-agent"; expected a name that this stack has for ConfigMap: mirror-node-agent, mirror-redirect, mirror-auth-proxy',
    ],
  },
  {
    title: 'a patch of another namespace and API',
    text: withPatches(
      '{target: {kind: ConfigMap, name: mirror-node-agent, namespace: default}, patch: [{op: remove, path: /data}]}',
      '{target: {kind: ConfigMap, name: mirror-node-agent, apiVersion: v2}, patch: [{op: remove, path: /data}]}',
    ),
    errors: [
      '6:72: clusters[0].patches[0].target.namespace: got "default"; expected a namespace that this stack has for ConfigMap: secured-mirror',
      '7:73: clusters[0].patches[1].target.apiVersion: got "v2"; expected an apiVersion that this stack has for ConfigMap: v1',
    ],
  },
  {
    title: 'a place that is not there',
    text: withPatches(daemonSet('{op: replace, path: /spec/minReadySeconds, value: 5}')),
    errors: [
      `6:59: ${PATCH}: replace /spec/minReadySeconds: /spec has no minReadySeconds, but selector, template, updateStrategy (DaemonSet mirror)`,
    ],
  },
  {
    title: 'a place under one that is not there',
    text: withPatches(daemonSet('{op: add, path: /spec/strategy/type, value: OnDelete}')),
    errors: [
      `6:59: ${PATCH}: add /spec/strategy/type: /spec has no strategy, but selector, template, updateStrategy (DaemonSet mirror)`,
    ],
  },
  {
    title: 'a position that a list has not, in the form of a name',
    text: withPatches(daemonSet('{op: remove, path: /spec/template/spec/containers/spegel/args}')),
    errors: [
      `6:59: ${PATCH}: remove /spec/template/spec/containers/spegel/args: /spec/template/spec/containers is a list with the positions 0 spegel, 1 node-agent, and - for its end where something is added (DaemonSet mirror)`,
    ],
  },
  {
    title: 'a place in a text',
    text: withPatches(daemonSet('{op: add, path: /spec/template/spec/priorityClassName/x, value: 1}')),
    errors: [
      `6:59: ${PATCH}: add /spec/template/spec/priorityClassName/x: /spec/template/spec/priorityClassName has nothing in it (DaemonSet mirror)`,
    ],
  },
  {
    title: 'a test of another value, of which the rest of the patch is not tried',
    text: withPatches(
      daemonSet('{op: test, path: /spec/updateStrategy/type, value: OnDelete}, {op: remove, path: /nothing}'),
    ),
    errors: [
      `6:59: ${PATCH}: test /spec/updateStrategy/type: the value there is another: "RollingUpdate" (DaemonSet mirror)`,
    ],
  },
  {
    title: 'a move from nowhere, and one into itself',
    text: withPatches(
      daemonSet('{op: move, from: /spec/nothing, path: /spec/x}'),
      daemonSet('{op: move, from: /spec/template, path: /spec/template/x}'),
    ),
    errors: [
      `6:59: ${PATCH}: move /spec/x: /spec has no nothing, but selector, template, updateStrategy (DaemonSet mirror)`,
      '7:59: clusters[0].patches[1].patch[0]: move /spec/template/x: a value cannot move into itself (DaemonSet mirror)',
    ],
  },
  {
    title: 'what objects are found by',
    text: withPatches(
      daemonSet('{op: replace, path: /metadata/name, value: x}'),
      daemonSet('{op: remove, path: /metadata}'),
      daemonSet('{op: add, path: /metadata/namespace, value: x}'),
      daemonSet('{op: move, from: /kind, path: /spec/kind}'),
      daemonSet('{op: replace, path: /apiVersion, value: v1}'),
    ),
    errors: [
      ['6:79', 0, 'path', '/metadata/name', '/metadata/name'],
      ['7:78', 1, 'path', '/metadata', '/metadata/name'],
      ['8:75', 2, 'path', '/metadata/namespace', '/metadata/namespace'],
      ['9:76', 3, 'from', '/kind', '/kind'],
      ['10:79', 4, 'path', '/apiVersion', '/apiVersion'],
    ].map(
      ([place, index, key, got, kept]) =>
        `${place}: clusters[0].patches[${index}].patch[0].${key}: got "${got}"; ${kept} stays as it is, as other objects and commands find the object by it: name a place beside`,
    ),
  },
  {
    title: 'selectors',
    text: withPatches(
      daemonSet('{op: remove, path: /spec/selector/matchLabels}'),
      '{target: {kind: Service, name: mirror}, patch: [{op: replace, path: /spec, value: {}}]}',
    ),
    errors: [
      `6:78: ${PATCH}.path: got "/spec/selector/matchLabels"; /spec/selector stays as it is, as it selects the mirror's pods: name a place beside`,
      '7:77: clusters[0].patches[1].patch[0].path: got "/spec"; /spec/selector stays as it is, as it selects the mirror\'s pods: name a place beside',
    ],
  },
  {
    title: 'operations without what they need, and with what they do not take',
    text: withPatches(
      daemonSet('{op: add, path: /spec/x}'),
      daemonSet('{op: remove, path: /spec/x, value: 1}'),
      daemonSet('{op: copy, path: /spec/x, value: 1}'),
      daemonSet('{op: replace, path: /spec/x, from: /spec/y, value: 1}'),
    ),
    errors: [
      `6:59: ${PATCH}.value: missing; add needs a value`,
      '7:94: clusters[0].patches[1].patch[0].value: remove takes no value: leave it out',
      '8:59: clusters[0].patches[2].patch[0].from: missing; copy needs a place to take the value from',
      '8:92: clusters[0].patches[2].patch[0].value: copy takes no value: leave it out',
      '9:94: clusters[0].patches[3].patch[0].from: replace takes no from: leave it out',
    ],
  },
  {
    title: 'no operation, and no pointer',
    text: withPatches(daemonSet('{op: delete, path: /spec/x}'), daemonSet('{op: remove, path: spec.x}'), daemonSet('')),
    errors: [
      `6:64: ${PATCH}.op: got "delete"; expected one of add, remove, replace, move, copy, test`,
      `7:78: clusters[0].patches[1].patch[0].path: got "spec.x"; expected a JSON Pointer such as /spec/template/spec/hostAliases, with ~1 for a '/' within a key and ~0 for a '~'`,
      '8:58: clusters[0].patches[2].patch: got an empty list; expected at least one item',
    ],
  },
  {
    title: 'a secret in a value',
    text: withPatches(
      daemonSet('{op: add, path: /spec/template/spec/containers/0/env, value: [{name: A, password: hunter22}]}'),
    ),
    errors: [
      `6:141: ${PATCH}.value[0].password: got (hidden); by its name a secret: a secret is named here, never pasted; if this was committed or shared, take the value for leaked and replace it`,
    ],
  },
];
