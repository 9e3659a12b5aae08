import { Construct } from 'constructs';
import { checkedProps, makesObjectsOnce } from '../../kubernetes/objects-once';
import { checkTokenOptions } from '../check-tokens';
import type { ResolvedPullToken } from '../model/resolved';
import { resolveOrganization } from '../resolve';
import { addToken } from './token-objects';
import type { IPullToken, PullTokenOptions } from './token-options';

/**
 * A token that pulls, in the namespaces whose pods pull with it. It alone can be an imagePullSecret.
 *
 * @example
 * const { imagePullSecret } = new PullToken(chart, 'shop-pull', {
 *   organization: 'acme',
 *   purpose: 'shop pull',
 *   repositories: ['acme/shop'],
 *   owner: 'team-shop',
 *   bindTo: [{ namespace: 'shop', serviceAccounts: ['default'] }],
 *   externalSecret: { store: 'vault', key: 'registry/shop-pull' },
 * });
 */
export class PullToken extends Construct implements IPullToken {
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
    const { organization, registry, driver, mirrorNamespace, ...pull } = settings;
    const resolved = resolveOrganization({ organization, registry, driver, pull: [pull] }, mirrorNamespace);
    const [token] = resolved.pull as [ResolvedPullToken];
    this.purpose = token.purpose;
    this.imagePullSecret = token.secret;
    addToken(this, token);
    makesObjectsOnce(this);
  }
}
