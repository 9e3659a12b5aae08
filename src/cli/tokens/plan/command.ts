import type { Command } from 'commander';
import { planOf } from '../../../tokens/plan/plan';
import { asJson, print } from '../../table';
import { type InputOptions, readInput, withInput } from '../input';
import type { Done } from '../program';
import { chosen, withPurposes } from '../purposes';
import { flagsOf } from './flags';
import { planText } from './text';

/** What it is asked with. */
interface PlanCommandOptions extends InputOptions {
  readonly purpose: string[];
  readonly json: boolean;
}

const HELP = `
From stack.yaml alone, so no registry and no cluster is asked. For each token: what is done, on which day, by whom, and the commands to
type. Both tokens are valid in between, so that no pull fails. Those that are overdue come first.

Examples:
  secure-mirror tokens plan
  secure-mirror tokens plan --purpose 'nightly-ingress-controller pull'
  secure-mirror tokens plan --today 2025-08-01 --json | jq '.tokens[] | select(.state == "overdue") | .purpose'

Exit codes: 0 all is fine, 1 a rotation is overdue or the tokens do not fit while they are replaced, 2 stack.yaml could not be read.`;

/** Adds `tokens plan`. */
export function addPlan(tokens: Command, done: Done): void {
  const command = tokens
    .command('plan')
    .summary('say when and how each token is replaced')
    .description('Says when and how each token is replaced.');
  withPurposes(withInput(command))
    .option('--json', 'say it to a program', false)
    .addHelpText('after', HELP)
    .action((options: PlanCommandOptions) => {
      const { cluster, today, tokens } = readInput(options);
      const plan = planOf({ cluster, today, purposes: chosen(options.purpose, tokens), flags: flagsOf(options) });
      print(options.json ? asJson(plan) : planText(plan));
      done(plan.fine ? 0 : 1);
    });
}
