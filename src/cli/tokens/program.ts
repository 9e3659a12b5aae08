import type { Command } from 'commander';
import type { Done } from '../shared/done';
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
 * @param done takes the exit code
 */
export function addTokens(program: Command, done: Done): void {
  const tokens = program
    .command('tokens')
    .summary('organisation tokens: rights, use, rotation')
    .description('Proves, compares and plans the organisation tokens of stack.yaml. It never prints a token.');
  addPlan(tokens, done);
  addLedger(tokens, done);
  addDockerConfig(tokens, done);
  addGithubActions(tokens, done);
  addVerify(tokens, done);
  addDrift(tokens, done);
  addRetire(tokens, done);
}
