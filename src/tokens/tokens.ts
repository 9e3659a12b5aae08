import { Construct } from 'constructs';
import type { ClusterProps } from '../config/cluster-props';
import { DEFAULT_NAMESPACE } from '../config/names';
import { registryOf } from '../config/tokens/registries';
import { LedgerConfigMap } from './ledger/config-map';
import { OrganizationTokens } from './organization-tokens';
import { PullSecrets } from './pull-secrets';

/** All organisation tokens of a cluster: their Secrets, who may read them, and the pods that pull with them. */
export class Tokens extends Construct {
  public constructor(scope: Construct, id: string, cluster: ClusterProps) {
    super(scope, id);
    const { tokens = [], namespace = DEFAULT_NAMESPACE } = cluster;
    for (const props of tokens) {
      const options = { ...props, mirrorNamespace: namespace };
      new OrganizationTokens(this, `${registryOf(props)}--${props.organization}`, options);
    }
    new PullSecrets(this, 'pull-secrets', cluster);
    if (tokens.length > 0) {
      new LedgerConfigMap(this, 'ledger', cluster);
    }
  }
}
