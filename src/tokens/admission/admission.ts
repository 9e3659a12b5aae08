import { Construct } from 'constructs';
import type { TokensCluster } from '../model/cluster';
import { tokensOf } from '../model/model';
import { PushSecretPolicy } from './push-secret-policy';
import { SharedAccountPolicy } from './shared-account-policy';

/** What the API server refuses about tokens. Nothing is made where there are none. */
export class Admission extends Construct {
  public constructor(scope: Construct, id: string, cluster: TokensCluster) {
    super(scope, id);
    const push = tokensOf(cluster).flatMap((token) => (token.kind === 'push' ? [token] : []));
    const accounts = (cluster.tokens ?? []).flatMap(({ sharedAccount }) => sharedAccount ?? []);
    if (push.length > 0) {
      new PushSecretPolicy(this, 'push-secrets', push);
    }
    if (accounts.length > 0) {
      new SharedAccountPolicy(this, 'shared-accounts', accounts);
    }
  }
}
