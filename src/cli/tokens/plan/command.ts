import { type ClusterAccess, withAccess } from '../../kubectl/access';
import type { CliCommand } from '../../shared/cli-command';
import { spellingOf } from '../../shared/started';
import { asJson, print } from '../../shared/table';
import { type InputOptions, readInput, withInput } from '../input';
import { chosen, withPurposes } from '../purposes';
import { planOf } from './plan';
import { planText } from './text';

/** Options of the command. */
interface PlanCommandOptions extends InputOptions, ClusterAccess {
  readonly output?: string;
  readonly purpose: string[];
  readonly json: boolean;
}

const HELP = `
From stack.yaml alone, so it asks no registry and no cluster: --output, --kubeconfig and --context go into the commands that it prints.
For each token: what is done, on which day, by whom, and the commands to type. Both tokens are valid in between, so that no pull fails.
Overdue rotations come first.

Examples:
  secure-mirror tokens plan
  secure-mirror tokens plan --purpose 'nightly-ingress-controller pull'
  secure-mirror tokens plan --cluster production --context production --output out
  secure-mirror tokens plan --today 2025-08-01 --json | jq '.tokens[] | select(.state == "overdue") | .purpose'

Exit codes: 0 ok, 1 a rotation is overdue or the tokens do not fit while they are replaced, 2 stack.yaml could not be read.`;

/** Adds `tokens plan`. */
export function addPlan(tokens: CliCommand): void {
  const command = tokens
    .command('plan')
    .summary('say when and how each token is replaced')
    .description('Says when and how each token is replaced.');
  withAccess(withPurposes(withInput(command)))
    .option('-o, --output <folder>', 'where synth writes the folders of the clusters (default: dist/manifests)')
    .option('--json', 'print it for a program', false)
    .addHelpText('after', HELP)
    .exitsWith((options: PlanCommandOptions) => {
      const { cluster, today, tokens } = readInput(options);
      const spelling = spellingOf(options);
      const plan = planOf({ cluster, today, purposes: chosen(options.purpose, tokens), spelling });
      print(options.json ? asJson(plan) : planText(plan, spelling.program.folder));
      return plan.ok ? 0 : 1;
    });
}
