import { Construct } from 'constructs';
import { checkedProps, makesObjectsOnce } from '../kubernetes/objects-once';
import { today } from '../settings/calendar';
import { Admission } from './admission/admission';
import { checkClusterTokens } from './check-tokens';
import { Tokens } from './constructs/tokens';
import { tokensWarnings } from './model/warnings';
import type { ClusterTokensProps } from './props/cluster-tokens-props';

/**
 * The organisation tokens of one cluster without the mirror: lists of pull secrets at ServiceAccounts, Secrets from your store, who may
 * read them, the ledger, and what the API server refuses. A SecuredStack has all of it: use one of the two.
 */
export class ClusterTokens extends Construct {
  /** What comes due: ends of shared accounts and of tokens, in the user's words. */
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
    const { name, namespace, tokens } = settings;
    const cluster = { name, namespace, tokens, registries: [], authentication: {} };
    this.warnings = tokensWarnings(cluster, settings.today ?? today());
    if (settings.admission?.policies ?? true) {
      new Admission(this, 'admission', cluster);
    }
    new Tokens(this, 'tokens', { ...cluster, today: settings.today });
    makesObjectsOnce(this);
  }
}
