import type { ResolvedToken } from '../../../tokens/model/resolved';
import type { Finding } from '../../shared/finding';
import type { SecretUse } from '../use/facts';

/** A difference between stack.yaml and a cluster. */
export interface DriftFinding extends Finding<DriftCode> {
  /** Names that applying stack.yaml takes off the object's list of pull secrets. */
  readonly takesAway?: string[];
}

/** Kinds of differences, the worst first. Findings come in this order. */
export const DRIFT_CODES = [
  /** The Secret of a token that pushes is an imagePullSecret. */
  'push-pulls',
  /** Containers read the Secret of a token that pushes and are not the ones that push. */
  'push-read',
  /** The Secret of a token that pushes is where it is not declared. */
  'push-spread',
  /** The Secret of a token that pulls is where it is not declared. */
  'spread',
  /** A Secret that no token declares has the organisation's credential. */
  'undeclared-secret',
  /** Something pulls with a declared token and is not declared to. */
  'undeclared-use',
  /** The shared account is where it is not declared, or after its last day. */
  'shared-account',
  'secret-missing',
  'secret-type',
  'secret-malformed',
  /** A Secret names a program that has the credential, such as credsStore. */
  'no-credential',
  'user',
  /** Only a key for the whole registry: every image gets the token. */
  'host-key',
  /** No key for a repository: no image of it gets the token. */
  'key-missing',
  'account-missing',
  'not-listed',
  /** `kubectl apply --server-side` would take from a ServiceAccount what the manifests do not say. */
  'last-applied',
  /** Applying stack.yaml would take Secrets of others off a ServiceAccount's list. */
  'takes-away',
  /** A credential that the kubelet falls back to: nobody notices when the token is revoked. */
  'masks',
  /** A key for more than the repository. */
  'wide-key',
  /** One of several spellings of a registry has no key. */
  'spelling',
  'unused',
  /** Containers read the Secret of a token that pulls. */
  'mounted',
  'dangling',
  'unreadable',
] as const;

/** A kind of difference. */
export type DriftCode = (typeof DRIFT_CODES)[number];

/** A token in a sentence. */
export function call({ purpose }: ResolvedToken): string {
  return `the token "${purpose}"`;
}

/** A Secret as the subject of a finding. */
export function secretText({ namespace, name }: SecretUse): string {
  return `Secret ${namespace}/${name}`;
}
