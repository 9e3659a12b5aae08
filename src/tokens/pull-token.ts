import { Construct } from 'constructs';
import type { ResolvedPullToken } from '../config/tokens/model';
import { ExternalToken } from './external-token';
import { SecretReaders } from './secret-readers';

/** A token that pulls, in the namespaces whose pods pull with it. It alone can be an imagePullSecret. */
export class PullToken extends Construct {
  /** What it is for. */
  public readonly purpose: string;
  /** Name of its Secret in each namespace; nothing where a credential provider brings it. */
  public readonly imagePullSecret: string | undefined;

  /**
   * @param scope the organisation's tokens
   * @param id id in the scope
   * @param token the token
   */
  public constructor(scope: Construct, id: string, token: ResolvedPullToken) {
    super(scope, id);
    const { purpose, secret, namespaces, registry, user } = token;
    const { externalSecret, holders = [], repositories } = token.props;
    this.purpose = purpose;
    this.imagePullSecret = secret;
    if (secret === undefined) return;
    for (const namespace of namespaces) {
      if (externalSecret) {
        const options = { ...externalSecret, namespace, secret, registry, repositories, user };
        new ExternalToken(this, `external-${namespace}`, options);
      }
      if (holders.length > 0) {
        new SecretReaders(this, `readers-${namespace}`, { namespace, secret, holders });
      }
    }
  }
}
