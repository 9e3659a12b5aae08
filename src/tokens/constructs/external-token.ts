import { Construct } from 'constructs';
import { ExternalSecret } from '../../../imports/external-secrets';
import { metadata } from '../../kubernetes/names';
import { secretTemplate } from '../model/docker-config';
import type { ResolvedToken } from '../model/resolved';
import type { ExternalTokenProps } from '../props/token-source-props';

/** A token's Secret in a namespace, and its place in the store. */
export interface ExternalTokenOptions {
  readonly namespace: string;
  readonly secret: string;
  readonly externalSecret: Required<ExternalTokenProps>;
  readonly token: ResolvedToken;
}

/** A token's Secret as the External Secrets Operator makes it from the user's store. */
export class ExternalToken extends Construct {
  public constructor(scope: Construct, id: string, options: ExternalTokenOptions) {
    super(scope, id);
    const { namespace, secret, externalSecret, token } = options;
    const { store, storeKind, key, property, refreshInterval } = externalSecret;
    new ExternalSecret(this, 'Resource', {
      metadata: metadata(namespace, secret),
      refreshInterval,
      secretStoreRef: { name: store, kind: storeKind },
      secretName: secret,
      secretType: 'kubernetes.io/dockerconfigjson',
      secretData: { '.dockerconfigjson': secretTemplate(token) },
      data: [{ secretKey: 'token', remoteRef: { key, property } }],
    });
  }
}
