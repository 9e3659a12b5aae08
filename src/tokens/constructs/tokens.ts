import { Construct } from 'constructs';
import { LedgerConfigMap } from '../ledger/config-map';
import type { ResolvedTokens } from '../model/resolved';
import { PullSecrets } from './pull-secrets';
import { addOrganization } from './token-objects';

/** All organisation tokens of a cluster: their Secrets, who may read them, and the pods that pull with them. */
export class Tokens extends Construct {
  public constructor(scope: Construct, id: string, tokens: ResolvedTokens) {
    super(scope, id);
    for (const organization of tokens.organizations) {
      addOrganization(new Construct(this, `${organization.registry}--${organization.organization}`), organization);
    }
    new PullSecrets(this, 'pull-secrets', tokens.serviceAccounts);
    if (tokens.organizations.length > 0) {
      new LedgerConfigMap(this, 'ledger', tokens);
    }
  }
}
