import { Construct } from 'constructs';
import { ExternalSecret } from '../../../imports/external-secrets';
import { CREDENTIAL_SECRET, metadata } from '../../kubernetes/names';
import type { ExternalCredentialProps } from '../props/basic-props';

/** What a credential from an external store is made of. */
export interface ExternalCredentialOptions extends Required<ExternalCredentialProps> {
  /** Namespace of the mirror. */
  readonly namespace: string;
}

/** The credential as the External Secrets Operator brings it from the user's store. */
export class ExternalCredential extends Construct {
  public constructor(scope: Construct, id: string, options: ExternalCredentialOptions) {
    super(scope, id);
    const data = (secretKey: string, property: string) => ({ secretKey, remoteRef: { key: options.key, property } });
    new ExternalSecret(this, 'Resource', {
      metadata: metadata(options.namespace, CREDENTIAL_SECRET),
      refreshInterval: options.refreshInterval,
      secretStoreRef: { name: options.store, kind: options.storeKind },
      secretName: CREDENTIAL_SECRET,
      secretType: 'kubernetes.io/basic-auth',
      data: [data('username', options.usernameProperty), data('password', options.passwordProperty)],
    });
  }
}
