import { tokens } from '../../support';
import type { Change, KeyCase } from './key-case';

const NAME = "a name of at most 63 letters, digits, '-', '_' and '.', with a DNS name and '/' before it or not";
const OWN = 'the stack sets it, and the mirror is known by it: choose another key';

/** One object of each layer of the stack: of the whole cluster, of the mirror, of the tokens, and one without a template of its own. */
const objects = [
  { kind: 'Namespace', name: 'secured-mirror' },
  { kind: 'DaemonSet', name: 'mirror' },
  { kind: 'NetworkPolicy', name: 'default-deny' },
  { kind: 'Certificate', name: 'mirror-peer' },
  { kind: 'Service', name: 'mirror-peers' },
  { kind: 'ConfigMap', name: 'token-ledger' },
  { kind: 'ValidatingAdmissionPolicy', name: 'secured-mirror-push-secrets' },
];
const everywhere = (pointer: string, value: unknown): Change[] =>
  objects.map((object) => ({ ...object, pointer, value }));

/** Keys of all objects. */
export const outputKeys: readonly KeyCase[] = [
  {
    key: 'labels',
    beside: { tokens },
    value: { 'example.com/team': 'platform', tier: '' },
    changes: [
      ...everywhere('/metadata/labels/example.com~1team', 'platform'),
      ...everywhere('/metadata/labels/tier', ''),
    ],
    wrong: [
      {
        value: {
          'app.kubernetes.io/name': 'x',
          'app.kubernetes.io/component': 'x',
          'app.kubernetes.io/part-of': 'x',
          'app.kubernetes.io/version': 'x',
          'app.kubernetes.io/managed-by': 'Helm',
          'secured-mirror/x': 'x',
          'pod-security.kubernetes.io/enforce': 'privileged',
        },
        message: [
          `labels["app.kubernetes.io/name"]: ${OWN}`,
          `labels["app.kubernetes.io/component"]: ${OWN}`,
          `labels["app.kubernetes.io/part-of"]: ${OWN}`,
          `labels["app.kubernetes.io/version"]: ${OWN}`,
          `labels["app.kubernetes.io/managed-by"]: ${OWN}`,
          `labels["secured-mirror/x"]: ${OWN}`,
          'labels["pod-security.kubernetes.io/enforce"]: the namespace\'s own says what pods may do: leave it out',
        ],
      },
      { value: { 'a b': 'x' }, message: `labels["a b"]: no key of a label: expected ${NAME}` },
      {
        value: { team: 'a b' },
        message:
          "labels.team: got \"a b\"; expected at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends",
      },
      { value: { mirrored: true }, message: 'labels.mirrored: got true; expected a text: put it in quotes' },
    ],
  },
  {
    key: 'annotations',
    beside: { tokens },
    value: { 'argocd.argoproj.io/sync-options': 'ServerSideApply=true' },
    changes: everywhere('/metadata/annotations/argocd.argoproj.io~1sync-options', 'ServerSideApply=true'),
    wrong: [
      {
        value: { 'secured-mirror/guard.cidrs': '0.0.0.0/0', 'kustomize.toolkit.fluxcd.io/substitute': 'enabled' },
        message: [
          `annotations["secured-mirror/guard.cidrs"]: ${OWN}`,
          'annotations["kustomize.toolkit.fluxcd.io/substitute"]: Flux would treat every object in another way, or leave it out: for one object, use patches',
        ],
      },
      { value: { '-a': 'x' }, message: `annotations["-a"]: no key of an annotation: expected ${NAME}` },
    ],
  },
];
