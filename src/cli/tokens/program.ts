import type { Command } from 'commander';

/** Takes the exit code of a command that ran: 0 all is fine, 1 something is wrong, 2 it could not be asked. */
export type Done = (code: number) => void;

/**
 * Adds `tokens` and what is under it to the command.
 *
 * @param program the command
 * @param done takes the exit code
 */
export function addTokens(program: Command, _done: Done): void {
  program
    .command('tokens')
    .summary('organisation tokens: rights, use, rotation')
    .description('Proves, compares and plans the organisation tokens of stack.yaml. It never prints a token.');
}
