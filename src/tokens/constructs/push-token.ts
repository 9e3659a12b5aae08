import { Construct } from 'constructs';
import { checkedProps, makesObjectsOnce } from '../../kubernetes/objects-once';
import { checkTokenOptions } from '../check-tokens';
import type { ResolvedPushToken } from '../model/resolved';
import { resolveOrganization } from '../resolve';
import { addToken } from './token-objects';
import type { IPushToken, PushTokenOptions } from './token-options';

/**
 * A token that pushes: with one build workload, or in CI alone. It has nothing that could be an imagePullSecret.
 *
 * @example
 * const { buildSecret } = new PushToken(chart, 'shop-push', {
 *   organization: 'acme',
 *   purpose: 'shop push',
 *   repositories: ['acme/shop'],
 *   owner: 'team-shop',
 *   workload: { namespace: 'builds', serviceAccount: 'shop' },
 *   externalSecret: { store: 'vault', key: 'registry/shop-push' },
 * });
 */
export class PushToken extends Construct implements IPushToken {
  /** What it is for. */
  public readonly purpose: string;
  /** Name of its Secret; no other Secret may have this name. */
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
    const { organization, registry, driver, mirrorNamespace, ...push } = settings;
    const resolved = resolveOrganization({ organization, registry, driver, push: [push] }, mirrorNamespace);
    const [token] = resolved.push as [ResolvedPushToken];
    this.purpose = token.purpose;
    this.buildSecret = token.secret;
    addToken(this, token);
    makesObjectsOnce(this);
  }
}
