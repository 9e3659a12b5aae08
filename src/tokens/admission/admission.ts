import { Construct } from 'constructs';
import type { ResolvedTokens } from '../model/resolved';
import { PushSecretPolicy } from './push-secret-policy';
import { SharedAccountPolicy } from './shared-account-policy';

/** What the API server refuses about tokens. Nothing is made where there are none. */
export class Admission extends Construct {
  public constructor(scope: Construct, id: string, { organizations }: ResolvedTokens) {
    super(scope, id);
    const push = organizations.flatMap((organization) => organization.push);
    const accounts = organizations.flatMap(({ sharedAccount }) => sharedAccount ?? []);
    if (push.length > 0) {
      new PushSecretPolicy(this, 'push-secrets', push);
    }
    if (accounts.length > 0) {
      new SharedAccountPolicy(this, 'shared-accounts', accounts);
    }
  }
}
