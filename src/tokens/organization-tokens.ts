import { Construct } from 'constructs';
import type { OrganizationTokensProps } from '../config/organization-tokens-props';
import { refuseWrongTokens } from './checked';
import { PullToken } from './pull-token';
import { PushToken } from './push-token';

/** The tokens of one organisation at one registry, and where the mirror is. */
export interface OrganizationTokensOptions extends OrganizationTokensProps {
  /**
   * Namespace of the mirror, whose own pods may pull with a token.
   *
   * @default secured-mirror
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
 */
export class OrganizationTokens extends Construct {
  /** Those that pull. */
  public readonly pull: PullToken[];
  /** Those that push. */
  public readonly push: PushToken[];

  /**
   * @param scope the stack
   * @param id id in the scope
   * @param props the tokens
   * @throws Error naming every key that cannot be or that contradicts another
   */
  public constructor(scope: Construct, id: string, props: OrganizationTokensOptions) {
    super(scope, id);
    const { mirrorNamespace, today, ...tokens } = props;
    refuseWrongTokens(tokens, mirrorNamespace, today);
    const { organization, registry, driver, pull = [], push = [] } = tokens;
    const whose = { organization, registry, driver, mirrorNamespace };
    this.pull = pull.map((token) => new PullToken(this, token.purpose, { ...token, ...whose }));
    this.push = push.map((token) => new PushToken(this, token.purpose, { ...token, ...whose }));
  }
}
