import { Construct } from 'constructs';
import { checkedProps, makesObjectsOnce } from '../../kubernetes/objects-once';
import { checkTokenOptions } from '../check-tokens';
import { secretKeys } from '../model/docker-config';
import { type ResolvedToken, tokensOfOrganization } from '../model/model';
import { ExternalToken } from './external-token';
import { SecretReaders } from './secret-readers';
import type { PullTokenOptions } from './token-options';

/** A token that pulls, in the namespaces whose pods pull with it. It alone can be an imagePullSecret. */
export class PullToken extends Construct {
  /** What it is for. */
  public readonly purpose: string;
  /** Name of its Secret in each namespace; nothing where a credential provider brings it. */
  public readonly imagePullSecret: string | undefined;

  /**
   * @param scope the organisation's tokens
   * @param id id in the scope
   * @param props the token, and whose it is
   * @throws Error naming every key that is unknown, missing or wrong, or what else in the app makes the same objects
   */
  public constructor(scope: Construct, id: string, props: PullTokenOptions) {
    super(scope, id);
    const settings = checkedProps(this, 'PullToken', props, (given) => checkTokenOptions(given, 'pull'));
    const { organization, registry: host, driver, mirrorNamespace, ...pull } = settings;
    const whose = { organization, registry: host, driver };
    const [token] = tokensOfOrganization({ ...whose, pull: [pull] }, mirrorNamespace) as [ResolvedToken];
    this.purpose = pull.purpose;
    this.imagePullSecret = token.secret;
    if (token.secret === undefined) {
      makesObjectsOnce(this);
      return;
    }
    const { secret, namespaces, user } = token;
    const { externalSecret, holders = [] } = pull;
    for (const namespace of namespaces) {
      if (externalSecret) {
        const options = { ...externalSecret, namespace, secret, keys: secretKeys(token), user };
        new ExternalToken(this, `external-${namespace}`, options);
      }
      if (holders.length > 0) {
        new SecretReaders(this, `readers-${namespace}`, { namespace, secret, holders });
      }
    }
    makesObjectsOnce(this);
  }
}
