import type { Spelling } from '../../../stack/spelling';
import type { Kubectl } from '../../kubectl/kubectl';
import type { CliCommand } from '../../shared/cli-command';
import { exitCodeFor } from '../../shared/finding';
import { findingsJson } from '../../shared/findings-json';
import { findingsText } from '../../shared/findings-text';
import { asJson, print } from '../../shared/table';
import { TIMEOUTS } from '../../shared/timeouts';
import type { Input } from '../input';
import { addCompare, wantedOf } from '../use/command';
import { lookedAt, lookedAtText } from '../use/facts';
import { readUse } from '../use/read';
import { retireFindings } from './finding';
import { retireText } from './text';
import { accountsOf, retireVerdict } from './verdict';

/**
 * Adds `tokens retire`: where the cluster still has the shared accounts of stack.yaml.
 *
 * @param tokens the command `tokens`
 */
export function addRetire(tokens: CliCommand): void {
  const command = tokens
    .command('retire')
    .summary('say where the cluster still has the shared account, and what to do next')
    .description('Says where the cluster still has the shared accounts of stack.yaml, and what to do next.');
  addCompare(command, HELP, TIMEOUTS['tokens retire'], retire);
}

async function retire(input: Input, kubectl: Kubectl, json: boolean, spelling: Spelling): Promise<number> {
  const { cluster, today } = input;
  const accounts = accountsOf(cluster);
  if (accounts.length === 0) {
    print(json ? asJson({ day: today, ...findingsJson([]), accounts: [] }) : ['stack.yaml names no shared account']);
    return 0;
  }
  const use = await readUse(kubectl, wantedOf(cluster));
  const kubectlCommand = (namespace: string) => spelling.kubectl(namespace);
  const verdicts = accounts.map((account) => retireVerdict(account, use, today, kubectlCommand));
  const findings = retireFindings(verdicts, use);
  const looked = lookedAt(use);
  print(
    json
      ? asJson({ day: today, ...findingsJson(findings), lookedAt: looked, accounts: verdicts })
      : [
          ...verdicts.flatMap((verdict) => [...retireText(verdict), '']),
          ...findingsText(findings),
          lookedAtText(looked),
        ],
  );
  return exitCodeFor(findings);
}

const HELP = `
It finds Secrets by their name (sharedAccount.secret) and, whatever their name, by the user of their entries for the registry; and
ServiceAccounts, pods and templates of workloads that name one, to pull with or to read. It finds a workload without a template that
Kubernetes knows by its pods. For each namespace it prints what to type now, and deletes nothing that something still names. Run "tokens drift"
first: it says whether tokens are in place for the pods that lose the account.

Examples:
  secure-mirror tokens retire
  secure-mirror tokens retire -f stack.yaml --cluster production --context production
  secure-mirror tokens retire --today 2025-06-16             # as it will be judged on that day
  secure-mirror tokens retire --json | jq -r '.accounts[].namespaces[].next[].command // empty'

Exit codes: 0 nothing has it any more, 1 something has it, in the cluster or by stack.yaml, 2 the command could not ask.`;
