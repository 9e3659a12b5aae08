import { Construct } from 'constructs';
import { checkedProps, makesObjectsOnce } from '../../kubernetes/objects-once';
import { checkTokenOptions } from '../check-tokens';
import { secretKeys } from '../model/docker-config';
import { type ResolvedToken, secretNameOf, tokensOfOrganization } from '../model/model';
import { ExternalToken } from './external-token';
import { SecretReaders } from './secret-readers';
import type { PushTokenOptions } from './token-options';

/** A token that pushes: with one build workload, or in CI alone. It has nothing that could be an imagePullSecret. */
export class PushToken extends Construct {
  /** What it is for. */
  public readonly purpose: string;
  /** Name that its Secret has where there is one, and that no other may have. */
  public readonly buildSecret: string;

  /**
   * @param scope the organisation's tokens
   * @param id id in the scope
   * @param props the token, and whose it is
   * @throws Error naming every key that is unknown, missing or wrong, or what else in the app makes the same objects
   */
  public constructor(scope: Construct, id: string, props: PushTokenOptions) {
    super(scope, id);
    const settings = checkedProps(this, 'PushToken', props, (given) => checkTokenOptions(given, 'push'));
    const { organization, registry: host, driver, mirrorNamespace, ...push } = settings;
    const whose = { organization, registry: host, driver };
    const [token] = tokensOfOrganization({ ...whose, push: [push] }, mirrorNamespace) as [ResolvedToken];
    const { workload, externalSecret, holders = [] } = push;
    const secret = secretNameOf(push);
    this.purpose = push.purpose;
    this.buildSecret = secret;
    if (workload === undefined) {
      makesObjectsOnce(this);
      return;
    }
    const { namespace, serviceAccount } = workload;
    if (externalSecret) {
      new ExternalToken(this, 'external', {
        ...externalSecret,
        namespace,
        secret,
        keys: secretKeys(token),
        user: token.user,
      });
    }
    const builder = { kind: 'ServiceAccount' as const, name: serviceAccount };
    new SecretReaders(this, 'readers', { namespace, secret, holders: [builder, ...holders] });
    makesObjectsOnce(this);
  }
}
