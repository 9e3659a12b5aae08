import { Construct } from 'constructs';
import { ExternalSecret } from '../../../imports/external-secrets';
import { metadata } from '../../kubernetes/names';
import type { ExternalTokenProps } from '../props/token-source-props';

/** What a token's Secret is made of. */
export interface ExternalTokenOptions extends ExternalTokenProps {
  /** Namespace of the Secret. */
  readonly namespace: string;
  /** Name of the Secret. */
  readonly secret: string;
  /** Under which keys of a docker configuration it has the token. */
  readonly keys: string[];
  /** User name that goes with the token. */
  readonly user: string;
}

/** A token's Secret as the External Secrets Operator makes it from the user's store. */
export class ExternalToken extends Construct {
  public constructor(scope: Construct, id: string, options: ExternalTokenOptions) {
    super(scope, id);
    const { namespace, secret } = options;
    new ExternalSecret(this, 'Resource', {
      metadata: metadata(namespace, secret),
      refreshInterval: options.refreshInterval ?? '15m',
      secretStoreRef: { name: options.store, kind: options.storeKind ?? 'SecretStore' },
      secretName: secret,
      secretType: 'kubernetes.io/dockerconfigjson',
      secretData: { '.dockerconfigjson': dockerConfigTemplate(options) },
      data: [{ secretKey: 'token', remoteRef: { key: options.key, property: options.property ?? 'token' } }],
    });
  }
}

/** A dockerconfigjson for the operator's template engine: the token is quoted as JSON wants it, whatever its characters. */
function dockerConfigTemplate({ keys, user }: ExternalTokenOptions): string {
  const name = JSON.stringify(user);
  const pair = `printf "%s:%s" ${name} .token`;
  const credential = `{"username":${name},"password":{{ .token | toJson }},"auth":{{ ${pair} | b64enc | toJson }}}`;
  return `{"auths":{${keys.map((key) => `${JSON.stringify(key)}:${credential}`).join(',')}}}`;
}
