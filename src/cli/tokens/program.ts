import type { CliCommand } from '../shared/cli-command';
import { addDockerConfig } from './docker-config/command';
import { addDrift } from './drift/command';
import { addGithubActions } from './github-actions/command';
import { addLedger } from './ledger';
import { addPlan } from './plan/command';
import { addRetire } from './retire/command';
import { addVerify } from './verify/command';

/**
 * Completes `tokens` by what is under it.
 *
 * @param tokens the command
 */
export function addTokens(tokens: CliCommand): void {
  tokens.description('Proves, compares and plans the organisation tokens of stack.yaml. It never prints a token.');
  addPlan(tokens);
  addLedger(tokens);
  addDockerConfig(tokens);
  addGithubActions(tokens);
  addVerify(tokens);
  addDrift(tokens);
  addRetire(tokens);
}
