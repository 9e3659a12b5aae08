import type { Manifest } from '../../../support';

/** What must never be told, whatever happens: it is in every Secret, and looks like nothing else. */
export const PLANTED = 'dckr_oat_planted-5e0c';
/** Somebody put a token where the user is. */
export const PLANTED_USER = 'ghp_plantedAsUser77';

/** Base64. */
export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** A docker configuration: users by key. */
export function dockerConfig(users: { [key: string]: string }): string {
  const auths = Object.entries(users).map(([key, user]) => [key, { auth: base64(`${user}:${PLANTED}`) }]);
  return JSON.stringify({ auths: Object.fromEntries(auths) });
}

/** A Secret with a docker configuration. */
export function pullSecret(
  namespace: string,
  name: string,
  users: { [key: string]: string },
  more: object = {},
): Manifest {
  return secret(namespace, name, 'kubernetes.io/dockerconfigjson', { '.dockerconfigjson': dockerConfig(users) }, more);
}

/** A Secret. */
export function secret(
  namespace: string,
  name: string,
  type: string,
  content: { [key: string]: string },
  more: object = {},
): Manifest {
  const data = Object.fromEntries(Object.entries(content).map(([key, text]) => [key, base64(text)]));
  return { apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name, ...more }, type, data };
}

/** A ServiceAccount. */
export function serviceAccount(namespace: string, name: string, ...pulls: string[]): Manifest {
  const metadata = { namespace, name };
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata, imagePullSecrets: pulls.map((name) => ({ name })) };
}

/** A workload. */
export function workload(kind: string, namespace: string, name: string, spec: object, more: object = {}): Manifest {
  const template = { spec: { containers: [{ name: 'main', image: 'x' }], ...spec } };
  return {
    apiVersion: kind.endsWith('Job') ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { namespace, name, ...more },
    spec: kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template },
  };
}

/** A pod. */
export function pod(namespace: string, name: string, spec: object, more: object = {}, phase = 'Running'): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, ...more },
    spec: { serviceAccountName: 'default', containers: [{ name: 'main', image: 'x' }], ...spec },
    status: { phase },
  };
}

/** A pod of a Deployment. */
export function podOf(deployment: string, namespace: string, suffix: string, spec: object): Manifest {
  return pod(namespace, `${deployment}-5d4f-${suffix}`, spec, {
    labels: { 'pod-template-hash': '5d4f' },
    ...ownedBy('ReplicaSet', `${deployment}-5d4f`),
  });
}

/** Metadata of what is made by something. */
export function ownedBy(kind: string, name: string): object {
  return { ownerReferences: [{ apiVersion: 'v1', kind, name, uid: '1', controller: true }] };
}

/** Secrets to pull with, as a pod or a ServiceAccount has them. */
export function pulls(...names: string[]): object {
  return { imagePullSecrets: names.map((name) => ({ name })) };
}

/** Whether an object is one that a field selector selects. */
export function isSelected(object: Manifest, selector: string): boolean {
  const values: { [field: string]: string } = {
    type: object.type,
    'metadata.name': object.metadata.name,
    'status.phase': object.status?.phase,
  };
  return selector.split(',').every((term) => {
    const [, field = '', sign, value] = /^(.*?)(!?=)(.*)$/.exec(term) ?? [];
    return term === '' || (values[field] === value) === (sign === '=');
  });
}
