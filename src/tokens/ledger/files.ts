import type { NamedTokensCluster } from '../model/cluster';
import { ledgerOf } from './ledger';
import { ledgerPage } from './page';
import type { Ledger } from './types';

/**
 * The ledger as files: a page for people, `<name of the cluster>.md`, and JSON for programs, `<name of the cluster>.json`.
 *
 * @param cluster the settings
 */
export function ledgerFiles(cluster: NamedTokensCluster): {
  readonly [file: string]: string;
} {
  const ledger = ledgerOf(cluster);
  return { [`${cluster.name}.md`]: ledgerPage(ledger), [`${cluster.name}.json`]: ledgerJson(ledger) };
}

/** The ledger as JSON. */
export function ledgerJson(ledger: Ledger): string {
  return `${JSON.stringify(ledger, null, 2)}\n`;
}
