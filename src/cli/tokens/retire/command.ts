import type { Command } from 'commander';
import type { Spelling } from '../../../stack/spelling';
import type { Kubectl } from '../../kubectl/kubectl';
import type { Done } from '../../shared/done';
import { asJson, print } from '../../shared/table';
import type { Input } from '../input';
import { addCompare, wantedOf } from '../use/command';
import { lookedAt, lookedAtText } from '../use/facts';
import { readUse } from '../use/read';
import { retireText } from './text';
import { accountsOf, retireVerdict } from './verdict';

/**
 * Adds `tokens retire`: where the cluster still has the shared accounts of stack.yaml.
 *
 * @param tokens the command `tokens`
 * @param done takes the exit code: 0 nothing has them, 1 something does
 */
export function addRetire(tokens: Command, done: Done): void {
  const command = tokens
    .command('retire')
    .summary('say where the cluster still has the shared account, and what to do next')
    .description('Says where the cluster still has the shared accounts of stack.yaml, and what to do next.');
  addCompare(command, HELP, done, retire);
}

async function retire(input: Input, kubectl: Kubectl, json: boolean, spelling: Spelling): Promise<number> {
  const { cluster, today } = input;
  const accounts = accountsOf(cluster);
  if (accounts.length === 0) {
    print(json ? asJson({ fine: true, day: today, accounts: [] }) : ['stack.yaml names no shared account']);
    return 0;
  }
  const use = await readUse(kubectl, wantedOf(cluster));
  const kubectlCommand = (namespace: string) => spelling.kubectl(namespace);
  const verdicts = accounts.map((account) => retireVerdict(account, use, today, kubectlCommand));
  const unreadable = use.secrets
    .filter(({ content }) => content === 'malformed')
    .map(({ namespace, name }) => `${namespace}/${name}`);
  const fine = verdicts.every(({ gone }) => gone);
  const looked = lookedAt(use);
  print(
    json
      ? asJson({ fine, day: today, lookedAt: looked, unreadable, accounts: verdicts })
      : [
          ...verdicts.flatMap((verdict) => [...retireText(verdict), '']),
          ...unreadable.map(
            (name) => `warning  Secret ${name} is malformed: nodes cannot use it, and who is in it was not read`,
          ),
          lookedAtText(looked),
        ],
  );
  return fine ? 0 : 1;
}

const HELP = `
It finds Secrets by their name (sharedAccount.secret) and, whatever their name, by the user of their entries for the registry; and
ServiceAccounts, pods and templates of workloads that name one, to pull with or to read. What has no template that Kubernetes
knows is found by its pods. For each namespace it prints what to type now: nothing is deleted that something still names. Run "tokens drift"
first: it says whether tokens are in place for all that is taken away here.

Examples:
  secure-mirror tokens retire
  secure-mirror tokens retire -f stack.yaml --cluster production --context production
  secure-mirror tokens retire --today 2025-06-16             # as it will be judged on that day
  secure-mirror tokens retire --json | jq -r '.accounts[].namespaces[].next[].command // empty'

Exit codes: 0 nothing has it any more, 1 something has it, in the cluster or by stack.yaml, 2 it could not be asked.`;
