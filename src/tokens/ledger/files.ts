import type { ResolvedTokens } from '../model/resolved';
import { buildLedger } from './ledger';
import { ledgerPage } from './page';
import type { Ledger } from './types';

/**
 * The ledger as files: a page for people, `<name of the cluster>.md`, and JSON for programs, `<name of the cluster>.json`.
 *
 * @param tokens the cluster's tokens
 */
export function ledgerFiles(tokens: ResolvedTokens): { readonly [file: string]: string } {
  const ledger = buildLedger(tokens);
  const [page, json] = ledgerNames(tokens.name);
  return { [page]: ledgerPage(ledger), [json]: ledgerJson(ledger) };
}

/** The names of these two files, for a cluster. */
export function ledgerNames(cluster: string): [page: string, json: string] {
  return [`${cluster}.md`, `${cluster}.json`];
}

/** The ledger as JSON. */
export function ledgerJson(ledger: Ledger): string {
  return `${JSON.stringify(ledger, null, 2)}\n`;
}
