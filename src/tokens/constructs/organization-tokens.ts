import { Construct } from 'constructs';
import { checkedProps, makesObjectsOnce } from '../../kubernetes/objects-once';
import { checkOrganizationTokens } from '../check-tokens';
import type { OrganizationTokensProps } from '../props/organization-tokens-props';
import { resolveOrganization } from '../resolve';
import { addOrganization } from './token-objects';
import type { IPullToken, IPushToken } from './token-options';

/** The tokens of one organisation at one registry, and where the mirror is. */
export interface OrganizationTokensOptions extends OrganizationTokensProps {
  /**
   * Namespace of the mirror, whose own pods may pull with a token.
   *
   * @default secured-mirror
   * @pattern ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
   * @patternErrorMessage expected a DNS label: at most 63 lower-case letters, digits and '-', with a letter or digit at
   * both ends
   */
  readonly mirrorNamespace?: string;

  /**
   * The day on which the date of the shared account is judged, as YYYY-MM-DD. Objects never depend on it.
   *
   * @default - today, in UTC
   */
  readonly today?: string;
}

/**
 * The tokens of one organisation at one registry: their Secrets, where they come from a store, and who may read them. The ServiceAccounts'
 * lists and the ledger are the whole cluster's: see ClusterTokens, and SecuredStack.
 *
 * @example
 * const tokens = new OrganizationTokens(chart, 'acme', {
 *   organization: 'acme',
 *   registry: 'quay.io',
 *   pull: [
 *     {
 *       purpose: 'shop pull',
 *       repositories: ['acme/shop'],
 *       owner: 'team-shop',
 *       bindTo: [{ namespace: 'shop', serviceAccounts: ['default'] }],
 *       externalSecret: { store: 'vault', key: 'registry/shop-pull' },
 *     },
 *   ],
 * });
 * const secrets = tokens.pull.map(({ imagePullSecret }) => imagePullSecret);
 */
export class OrganizationTokens extends Construct {
  /** Tokens that pull. */
  public readonly pull: IPullToken[];
  /** Tokens that push. */
  public readonly push: IPushToken[];

  /**
   * @param scope the stack
   * @param id id in the scope
   * @param props the tokens
   * @throws Error naming every key that is unknown, missing or wrong, or what else in the app makes the same objects
   */
  public constructor(scope: Construct, id: string, props: OrganizationTokensOptions) {
    super(scope, id);
    const settings = checkedProps(this, 'OrganizationTokens', props, checkOrganizationTokens);
    const { pull, push } = addOrganization(this, resolveOrganization(settings, settings.mirrorNamespace));
    this.pull = pull;
    this.push = push;
    makesObjectsOnce(this);
  }
}
