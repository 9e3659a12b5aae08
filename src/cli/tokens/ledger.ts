import { buildLedger } from '../../tokens/ledger/ledger';
import { ledgerPage } from '../../tokens/ledger/page';
import type { CliCommand } from '../shared/cli-command';
import { asJson, print } from '../shared/table';
import { type InputOptions, readInput, withInput } from './input';

const HELP = `
For each token its purpose, rights, repositories, holders, where it is used, expiry, next rotation and last verification; the shared account;
and what the account of each external store has to read. The same is in the folder ledger beside the output of synth, and in
the cluster in the ConfigMap token-ledger of the mirror's namespace. It does not depend on the day.

Examples:
  secure-mirror tokens ledger > ledger.md
  secure-mirror tokens ledger --json | jq -r '.tokens[] | [.nextRotation, .purpose] | @tsv' | sort

Exit codes: 0 it is printed, 2 stack.yaml could not be read.`;

/** Adds `tokens ledger`. */
export function addLedger(tokens: CliCommand): void {
  const command = tokens
    .command('ledger')
    .summary('print who has which token, for what and until when')
    .description('Prints who has which token, for what and until when: in Markdown, from stack.yaml alone.');
  withInput(command)
    .option('--json', 'print it for a program', false)
    .addHelpText('after', HELP)
    .exitsWith(({ json, ...options }: InputOptions & { readonly json: boolean }) => {
      const ledger = buildLedger(readInput(options).cluster);
      print(json ? asJson(ledger) : ledgerPage(ledger).trimEnd().split('\n'));
      return 0;
    });
}
