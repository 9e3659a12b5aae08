import type { CliCommand } from '../shared/cli-command';
import { addDockerConfig } from './docker-config/command';
import { addDrift } from './drift/command';
import { addGithubActions } from './github-actions/command';
import { addLedger } from './ledger';
import { addPlan } from './plan/command';
import { addRetire } from './retire/command';
import { addVerify } from './verify/command';

/**
 * Adds `tokens` and what is under it to the command.
 *
 * @param program the command
 */
export function addTokens(program: CliCommand): void {
  const tokens = program
    .command('tokens')
    .summary('organisation tokens: rights, use, rotation')
    .description('Proves, compares and plans the organisation tokens of stack.yaml. It never prints a token.');
  addPlan(tokens);
  addLedger(tokens);
  addDockerConfig(tokens);
  addGithubActions(tokens);
  addVerify(tokens);
  addDrift(tokens);
  addRetire(tokens);
}
