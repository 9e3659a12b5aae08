import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { metadata } from '../../kubernetes/names';
import type { ResolvedTokens } from '../model/resolved';
import { ledgerJson } from './files';
import { buildLedger } from './ledger';
import { ledgerPage } from './page';

/** Name of the ConfigMap. */
const LEDGER_NAME = 'token-ledger';

/** The ledger in the cluster: a ConfigMap `token-ledger` in the mirror's namespace with ledger.json and ledger.md. */
export class LedgerConfigMap extends Construct {
  /**
   * @param scope what it belongs to
   * @param id its name there
   * @param tokens the cluster's tokens
   */
  public constructor(scope: Construct, id: string, tokens: ResolvedTokens) {
    super(scope, id);
    const ledger = buildLedger(tokens);
    new ApiObject(
      this,
      'config-map',
      k8s.KubeConfigMap.manifest({
        metadata: metadata(tokens.namespace, LEDGER_NAME),
        data: { 'ledger.json': ledgerJson(ledger), 'ledger.md': ledgerPage(ledger) },
      }),
    );
  }
}
