import type { CredentialKeys } from '../settings/inline-secrets';

/** The keys of stack.yaml, and of props, under which people may paste a secret. */
export const credentialKeys: CredentialKeys = {
  mappings: ['basic', 'credential', 'externalSecret'],
  names: ['secret', 'credentialSecret'],
  labels: ['nodeSelector', 'podLabels', 'podAnnotations'],
};
