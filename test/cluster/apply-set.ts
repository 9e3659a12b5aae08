import { createHash } from 'node:crypto';
import { kubectl } from './kubectl';

/** An object that an apply set would prune. */
export interface Pruned {
  readonly kind: string;
  readonly name: string;
}

const GROUP = 'gitops.secure-mirror.test';
const RESOURCE = `applysets.${GROUP}`;
const NAME = 'stack';
// As the specification of apply sets makes the id of a parent without a namespace.
const ID = `applyset-${createHash('sha256').update(`${NAME}..ApplySet.${GROUP}`).digest('base64url')}-v1`;

/** The label of its members. */
export const MEMBER = `applyset.kubernetes.io/part-of=${ID}`;

/** Makes an apply set for objects in any namespace: its parent is an object without one, of a kind of this test. */
export async function makeApplySet(): Promise<void> {
  const kind = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: RESOURCE, labels: { 'applyset.kubernetes.io/is-parent-type': 'true' } },
    spec: {
      group: GROUP,
      scope: 'Cluster',
      names: { kind: 'ApplySet', plural: 'applysets', singular: 'applyset' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  };
  const parent = {
    apiVersion: `${GROUP}/v1`,
    kind: 'ApplySet',
    metadata: {
      name: NAME,
      labels: { 'applyset.kubernetes.io/id': ID },
      annotations: {
        'applyset.kubernetes.io/tooling': 'kubectl/v1.30',
        'applyset.kubernetes.io/contains-group-kinds': '',
      },
    },
  };
  await kubectl(['apply', '--server-side', '-f', '-'], { input: JSON.stringify(kind) });
  await kubectl(['wait', '--for=condition=Established', `crd/${RESOURCE}`]);
  // As kubectl itself, which owns the parent from its first use.
  const manager = '--field-manager=kubectl-applyset';
  await kubectl(['apply', '--server-side', manager, '-f', '-'], { input: JSON.stringify(parent) });
}

/** Removes it; its members stay. */
export async function removeApplySet(): Promise<void> {
  await kubectl(['delete', 'crd', RESOURCE, '--ignore-not-found']);
}

/** Applies a folder as all members of the set, and prunes what left it. Gives what it prunes. */
export async function applySet(folder: string, ...options: string[]): Promise<Pruned[]> {
  const set = ['--prune', `--applyset=${RESOURCE}/${NAME}`];
  const manager = ['--server-side', '--field-manager=argocd-controller', '--force-conflicts'];
  const env = { KUBECTL_APPLYSET: 'true' };
  const said = await kubectl(['apply', ...manager, ...set, ...options, '-f', folder], { env });
  return [...said.matchAll(/^([^/\s]+)\/(\S+) pruned/gm)].map(([, kind = '', name = '']) => ({ kind, name }));
}
