import { Construct } from 'constructs';
import type { ResolvedPushToken } from '../config/tokens/model';
import { ExternalToken } from './external-token';
import { SecretReaders } from './secret-readers';

/** A token that pushes: with one build workload, or in CI alone. It has nothing that could be an imagePullSecret. */
export class PushToken extends Construct {
  /** What it is for. */
  public readonly purpose: string;
  /** Name that its Secret has where there is one, and that no other may have. */
  public readonly buildSecret: string;

  /**
   * @param scope the organisation's tokens
   * @param id id in the scope
   * @param token the token
   */
  public constructor(scope: Construct, id: string, token: ResolvedPushToken) {
    super(scope, id);
    const { purpose, registry, user } = token;
    const { workload, externalSecret, holders = [], repositories } = token.props;
    const { secret } = token;
    this.purpose = purpose;
    this.buildSecret = secret;
    if (workload === undefined) return;
    const { namespace, serviceAccount } = workload;
    if (externalSecret) {
      new ExternalToken(this, 'external', { ...externalSecret, namespace, secret, registry, repositories, user });
    }
    const builder = { kind: 'ServiceAccount' as const, name: serviceAccount };
    new SecretReaders(this, 'readers', { namespace, secret, holders: [builder, ...holders] });
  }
}
