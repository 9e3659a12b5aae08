import { Construct } from 'constructs';
import type { OrganizationTokensProps } from '../config/organization-tokens-props';
import { tokensOfOrganization } from '../config/tokens/model';
import { PullToken } from './pull-token';
import { PushToken } from './push-token';

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
   * @param namespace namespace of the mirror
   */
  public constructor(scope: Construct, id: string, props: OrganizationTokensProps, namespace: string) {
    super(scope, id);
    const tokens = tokensOfOrganization(props, namespace);
    this.pull = tokens.flatMap((token) => (token.kind === 'pull' ? [new PullToken(this, token.purpose, token)] : []));
    this.push = tokens.flatMap((token) => (token.kind === 'push' ? [new PushToken(this, token.purpose, token)] : []));
  }
}
