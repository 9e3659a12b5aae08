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
  return { [`${tokens.name}.md`]: ledgerPage(ledger), [`${tokens.name}.json`]: ledgerJson(ledger) };
}

/** The ledger as JSON. */
export function ledgerJson(ledger: Ledger): string {
  return `${JSON.stringify(ledger, null, 2)}\n`;
}
