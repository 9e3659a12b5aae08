import { Construct } from 'constructs';
import type { ResolvedOrganization, ResolvedPullToken, ResolvedPushToken, ResolvedToken } from '../model/resolved';
import { secretReaders } from '../model/secret-readers';
import { ExternalToken } from './external-token';
import { SecretReaders } from './secret-readers';
import type { IPullToken, IPushToken } from './token-options';

/** The tokens of an organisation that are in a construct. */
export interface OrganizationObjects {
  readonly pull: IPullToken[];
  readonly push: IPushToken[];
}

/**
 * Adds the objects of an organisation's tokens, a construct for each token.
 *
 * @param scope the organisation's tokens
 * @param organization the organisation
 */
export function addOrganization(scope: Construct, { pull, push }: ResolvedOrganization): OrganizationObjects {
  return {
    pull: pull.map((token) => new PullTokenObjects(scope, token.purpose, token)),
    push: push.map((token) => new PushTokenObjects(scope, token.purpose, token)),
  };
}

/**
 * Adds the objects of a token in each namespace that has its Secret: the Secret where it comes from a store, and who may read it.
 *
 * @param scope the token
 * @param token the token
 */
export function addToken(scope: Construct, token: ResolvedToken): void {
  const { kind, secret, externalSecret } = token;
  if (secret === undefined) return;
  const holders = secretReaders(token.holders, kind === 'push' ? token.workload : undefined);
  for (const namespace of token.namespaces) {
    // A token that pushes is in one namespace at most.
    const suffix = kind === 'pull' ? `-${namespace}` : '';
    if (externalSecret !== undefined) {
      new ExternalToken(scope, `external${suffix}`, { namespace, secret, externalSecret, token });
    }
    if (holders.length > 0) {
      new SecretReaders(scope, `readers${suffix}`, { namespace, secret, holders });
    }
  }
}

class PullTokenObjects extends Construct implements IPullToken {
  public readonly purpose: string;
  public readonly imagePullSecret: string | undefined;

  public constructor(scope: Construct, id: string, token: ResolvedPullToken) {
    super(scope, id);
    this.purpose = token.purpose;
    this.imagePullSecret = token.secret;
    addToken(this, token);
  }
}

class PushTokenObjects extends Construct implements IPushToken {
  public readonly purpose: string;
  public readonly buildSecret: string;

  public constructor(scope: Construct, id: string, token: ResolvedPushToken) {
    super(scope, id);
    this.purpose = token.purpose;
    this.buildSecret = token.secret;
    addToken(this, token);
  }
}
