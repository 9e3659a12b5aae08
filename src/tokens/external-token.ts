import { Construct } from 'constructs';
import { ExternalSecret } from '../../imports/external-secrets';
import { metadata } from '../config/names';
import type { ExternalTokenProps } from '../config/token-source-props';
import { configKeys } from '../config/tokens/registries';

/** What a token's Secret is made of. */
export interface ExternalTokenOptions extends ExternalTokenProps {
  /** Namespace of the Secret. */
  readonly namespace: string;
  /** Name of the Secret. */
  readonly secret: string;
  /** The registry, by host name. */
  readonly registry: string;
  /** Its repositories. */
  readonly repositories: string[];
  /** User name that goes with the token. */
  readonly user: string;
}

/** Stands for the token until the template's own words take its place. */
const PLACE = 'TOKEN';

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

/** A dockerconfigjson with the token quoted as JSON wants it, whatever its characters. */
function dockerConfigTemplate({ registry, repositories, user }: ExternalTokenOptions): string {
  const auths = configKeys(registry, repositories).map((key) => [key, { username: user, password: PLACE }]);
  const text = JSON.stringify({ auths: Object.fromEntries(auths) });
  return text.replaceAll(`"password":"${PLACE}"`, '"password":{{ .token | toJson }}');
}
