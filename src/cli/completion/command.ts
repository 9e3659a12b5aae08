import { Argument } from 'commander';
import type { CliCommand } from '../shared/cli-command';
import { printText } from '../shared/output';
import { bashScript } from './bash';
import { fishScript } from './fish';
import { type Level, levelsOf } from './levels';
import { zshScript } from './zsh';

const SCRIPTS: { readonly [shell: string]: (levels: readonly Level[]) => string } = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

const HELP = `
It completes commands, options, and values of options, after the name
secure-mirror or a path to it. After npm, npx and other programs that start it,
a shell asks their own completion.

Examples:
  source <(secure-mirror completion bash)
  source <(secure-mirror completion zsh)      # after compinit
  secure-mirror completion fish | source

To keep it, write it into a file: of ~/.local/share/bash-completion/completions
for bash, called secure-mirror; of a folder in fpath for zsh, called
_secure-mirror; or ~/.config/fish/completions/secure-mirror.fish.

Exit codes: 0 the script is printed, 2 the shell is another one.`;

/**
 * Completes `completion`.
 *
 * @param command the command
 * @param complete completes each command of the program but this one
 */
export function addCompletion(command: CliCommand, complete: (program: CliCommand, named: string) => void): void {
  command
    .description('Prints a script by which a shell completes the command.')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SCRIPTS)))
    .addHelpText('after', HELP)
    .exitsWith((_: object, shell = '') => {
      const program = command.parent as CliCommand;
      complete(program, command.name());
      printText(SCRIPTS[shell]?.(levelsOf(program)) ?? '');
      return 0;
    });
}
