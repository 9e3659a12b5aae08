import { Construct } from 'constructs';
import { checkedProps, makesObjectsOnce } from '../kubernetes/objects-once';
import { today } from '../settings/calendar';
import { Admission } from './admission/admission';
import { checkClusterTokens } from './check-tokens';
import { Tokens } from './constructs/tokens';
import { tokensWarnings } from './model/warnings';
import type { ClusterTokensProps } from './props/cluster-tokens-props';
import { resolveTokens } from './resolve';

/**
 * The organisation tokens of one cluster without the mirror: lists of pull secrets at ServiceAccounts, Secrets from your store, who may
 * read them, the ledger, and what the API server refuses. A SecuredStack has all of it: use one of the two.
 *
 * @example
 * new ClusterTokens(chart, 'tokens', {
 *   name: 'production',
 *   namespace: 'platform',
 *   tokens: [
 *     IngressControllerTokens.of({
 *       owner: 'team-kubernetes',
 *       releasePods: [{ namespace: 'kong', serviceAccounts: ['kong-controller'] }],
 *     }),
 *   ],
 * });
 */
export class ClusterTokens extends Construct {
  /** Dates ahead: ends of shared accounts and of tokens, in the user's words. */
  public readonly warnings: string[];

  /**
   * @param scope the chart, or what is in it
   * @param id id in the scope
   * @param props the tokens
   * @throws Error naming every key that is unknown, missing or wrong, or what else in the app makes the same objects
   */
  public constructor(scope: Construct, id: string, props: ClusterTokensProps) {
    super(scope, id);
    const settings = checkedProps(this, 'ClusterTokens', props, checkClusterTokens);
    const tokens = resolveTokens(settings);
    this.warnings = tokensWarnings(tokens, settings.today ?? today());
    if (tokens.policies) {
      new Admission(this, 'admission', tokens);
    }
    new Tokens(this, 'tokens', tokens);
    makesObjectsOnce(this);
  }
}
