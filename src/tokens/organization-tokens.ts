import { Construct } from 'constructs';
import type { OrganizationTokensProps } from '../config/organization-tokens-props';
import { tokensOfOrganization } from '../config/tokens/model';
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
}

/** The tokens of one organisation at one registry. */
export class OrganizationTokens extends Construct {
  /** Those that pull. */
  public readonly pull: PullToken[];
  /** Those that push. */
  public readonly push: PushToken[];

  /**
   * @param scope the stack
   * @param id id in the scope
   * @param props the tokens
   */
  public constructor(scope: Construct, id: string, props: OrganizationTokensOptions) {
    super(scope, id);
    const tokens = tokensOfOrganization(props, props.mirrorNamespace);
    this.pull = tokens.flatMap((token) => (token.kind === 'pull' ? [new PullToken(this, token.purpose, token)] : []));
    this.push = tokens.flatMap((token) => (token.kind === 'push' ? [new PushToken(this, token.purpose, token)] : []));
  }
}
