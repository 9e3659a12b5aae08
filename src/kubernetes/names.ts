import { VERSION } from './version';

/** Labels by which objects and pods of the stack are known; the same in all versions, as a label of a pod replaces it. */
export const stackLabels: { readonly [label: string]: string } = {
  'app.kubernetes.io/name': 'secured-mirror',
  'app.kubernetes.io/managed-by': 'secure-mirror',
};

/** Labels of every object that the stack makes. ServiceAccounts of workloads are their owners', and have none. */
export const objectLabels: { readonly [label: string]: string } = {
  ...stackLabels,
  'app.kubernetes.io/part-of': 'secured-mirror',
  'app.kubernetes.io/version': VERSION,
};

/** Labels by which the mirror's pods are known: selectors of the DaemonSet, Services and policies. */
export const mirrorLabels: { readonly [label: string]: string } = {
  'app.kubernetes.io/name': 'secured-mirror',
  'app.kubernetes.io/component': 'mirror',
};

/** Secret of the credential unless another is named. */
export const CREDENTIAL_SECRET = 'mirror-credential';

/** Secret of the credential for reading metrics, unless the settings name another. */
export const METRICS_CREDENTIAL_SECRET = 'mirror-metrics-credential';

/**
 * Secret of an identity's certificate unless another is named, and the Certificate's own name.
 *
 * @param identity peer, node, server or metrics
 */
export function identitySecret(identity: string): string {
  return `mirror-${identity}`;
}

/** Namespace of the mirror unless another is given. */
export const DEFAULT_NAMESPACE = 'secured-mirror';

/**
 * Metadata of an object of the stack.
 *
 * @param namespace its namespace
 * @param name its name
 */
export function metadata(namespace: string, name: string) {
  return { namespace, name, labels: { ...objectLabels } };
}

/** What the names of the guards' objects begin with. */
export const GUARD = 'secured-mirror-guard';
