import { Construct } from 'constructs';
import { DEFAULT_NAMESPACE } from '../../kubernetes/names';
import { LedgerConfigMap } from '../ledger/config-map';
import type { NamedTokensCluster } from '../model/cluster';
import { registryOf } from '../model/registries';
import { OrganizationTokens } from './organization-tokens';
import { PullSecrets } from './pull-secrets';

/** All organisation tokens of a cluster: their Secrets, who may read them, and the pods that pull with them. */
export class Tokens extends Construct {
  public constructor(scope: Construct, id: string, cluster: NamedTokensCluster & { readonly today?: string }) {
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
