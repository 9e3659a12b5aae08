import { Construct } from 'constructs';
import { ExternalSecret } from '../../../imports/external-secrets';
import { metadata } from '../../kubernetes/names';
import { secretKeys } from '../model/docker-config';
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
      secretData: { '.dockerconfigjson': dockerConfigTemplate(token) },
      data: [{ secretKey: 'token', remoteRef: { key, property } }],
    });
  }
}

/** A dockerconfigjson for the operator's template engine, which quotes the token for JSON, whatever its characters. */
function dockerConfigTemplate(token: ResolvedToken): string {
  const name = JSON.stringify(token.user);
  const pair = `printf "%s:%s" ${name} .token`;
  const credential = `{"username":${name},"password":{{ .token | toJson }},"auth":{{ ${pair} | b64enc | toJson }}}`;
  return `{"auths":{${secretKeys(token)
    .map((key) => `${JSON.stringify(key)}:${credential}`)
    .join(',')}}}`;
}
