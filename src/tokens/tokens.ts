import { Construct } from 'constructs';
import { DEFAULT_NAMESPACE } from '../config/names';
import type { SecuredStackProps } from '../config/secured-stack-props';
import { registryOf } from '../config/tokens/registries';
import { LedgerConfigMap } from './ledger/config-map';
import { OrganizationTokens } from './organization-tokens';
import { PullSecrets } from './pull-secrets';

/** All organisation tokens of a cluster: their Secrets, who may read them, and the pods that pull with them. */
export class Tokens extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    cluster: Pick<SecuredStackProps, 'name' | 'namespace' | 'tokens' | 'today'>,
  ) {
    super(scope, id);
    const { tokens = [], namespace = DEFAULT_NAMESPACE, today } = cluster;
    for (const props of tokens) {
      const options = { ...props, mirrorNamespace: namespace, today };
      new OrganizationTokens(this, `${registryOf(props)}--${props.organization}`, options);
    }
    new PullSecrets(this, 'pull-secrets', cluster);
    if (tokens.length > 0) {
      new LedgerConfigMap(this, 'ledger', cluster);
    }
  }
}
