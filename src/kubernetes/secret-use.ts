import type { Path } from '../settings/path';
import { CREDENTIAL_SECRET, identitySecret, METRICS_CREDENTIAL_SECRET } from './names';

/** A Secret that the stack uses. */
export interface SecretUse {
  /** Whose it is. */
  readonly holder: string;
  /** Its name; none if that is broken. */
  readonly name?: string;
  /** Where it is named; its name is a default otherwise. */
  readonly path?: Path;
}

/** Secrets of a mirror without settings, which a cluster's tokens alone leave to it too. */
export const defaultSecretUses: readonly SecretUse[] = [
  ...['peer', 'node', 'server', 'metrics'].map((identity) => ({
    holder: `the identity ${identity}`,
    name: identitySecret(identity),
  })),
  { holder: "the mirror's own credential, with which images can be read", name: CREDENTIAL_SECRET },
  { holder: 'the credential for the metrics', name: METRICS_CREDENTIAL_SECRET },
];
