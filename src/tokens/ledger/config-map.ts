import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { DEFAULT_NAMESPACE, metadata } from '../../kubernetes/names';
import type { NamedTokensCluster } from '../model/cluster';
import { ledgerJson } from './files';
import { ledgerOf } from './ledger';
import { ledgerPage } from './page';

/** Name of the ConfigMap. */
const LEDGER_NAME = 'token-ledger';

/** The ledger in the cluster: a ConfigMap `token-ledger` in the mirror's namespace with ledger.json and ledger.md. */
export class LedgerConfigMap extends Construct {
  /**
   * @param scope what it belongs to
   * @param id its name there
   * @param cluster the settings
   */
  public constructor(scope: Construct, id: string, cluster: NamedTokensCluster) {
    super(scope, id);
    const ledger = ledgerOf(cluster);
    new ApiObject(
      this,
      'config-map',
      k8s.KubeConfigMap.manifest({
        metadata: metadata(cluster.namespace ?? DEFAULT_NAMESPACE, LEDGER_NAME),
        data: { 'ledger.json': ledgerJson(ledger), 'ledger.md': ledgerPage(ledger) },
      }),
    );
  }
}
