import { type Command, CommanderError } from 'commander';
import { COMMANDS } from './commands';
import { CliCommand } from './shared/cli-command';
import { Interrupted } from './shared/cli-error';
import { EXIT_CODES } from './shared/exit-codes';
import { fitted, HELP_WIDTH } from './shared/fitted';
import { complain, type ErrorValue, errorValue, notice } from './shared/messages';
import { resultsPrinted } from './shared/output';
import { spellingOf } from './shared/started';
import { asJson, print } from './shared/table';
import { versionText } from './shared/version-text';

/** Exit code of a command that could not do its work. */
const FAILED = 2;

/** The command in a help, which spells it as its user does. */
const COMMAND = new RegExp(`\\bsecure-mirror (?=(${Object.keys(COMMANDS).join('|')}|\\[options\\])( |$))`, 'gm');

/**
 * The command secure-mirror.
 *
 * @param args the words after its name
 * @returns its exit code
 */
export async function run(args: string[]): Promise<number> {
  const before = resultsPrinted();
  const program = programFor(args);
  try {
    await program.parseAsync(wordsToParse(program, args), { from: 'user' });
    return program.exitCode ?? FAILED;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    // The other two have said so already.
    if (!(error instanceof CommanderError || error instanceof Interrupted)) complain(error);
    // A program that reads the result finds an error in its place, never behind it.
    if (args.includes('--json') && resultsPrinted() === before)
      print(asJson({ ok: false, error: programError(error) }));
    return error instanceof Interrupted ? error.exitCode : FAILED;
  }
}

/** The program, with the named command as a whole and only the summaries of the others. */
function programFor(args: string[]): CliCommand {
  const { command } = spellingOf().program;
  const spelled = (text: string) => fitted(text.replaceAll(COMMAND, () => `${command} `));
  const program = new CliCommand('secure-mirror')
    .description(
      'Makes the manifests of a secured mirror, inspects one in a cluster, and attacks one as a tenant would.',
    )
    .version(versionText(), '-V, --version', 'print the version, and the versions of what it deploys')
    .addHelpText('after', EXIT_CODES)
    .configureOutput({
      writeOut: (text) => process.stdout.write(spelled(text)),
      writeErr: (text) => process.stderr.write(spelled(text)),
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
      outputError: (text) => notice(plain(text)),
    })
    .exitOverride();
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    const command = program.command(name).summary(summary);
    if (args.find((word) => word !== 'help' && !word.startsWith('-')) === name) load()(command);
  }
  return program;
}

/** The words for the parser, which knows `help` with one name alone, and prints the help of the command above for an unknown one. */
function wordsToParse(program: Command, args: string[]): string[] {
  const isHelp = args[0] === 'help';
  const names = (isHelp ? args.slice(1) : args).filter((word) => !word.startsWith('-'));
  let command = program;
  for (const name of names) {
    const next = command.commands.find((one) => one.name() === name);
    if (next === undefined && (isHelp || (command.commands.length > 0 && name !== 'help'))) return names;
    if (next === undefined) break;
    command = next;
  }
  return isHelp ? [...names, '--help'] : args;
}

/** An error of the parser, with what it suggests in the same line. */
function plain(text: string): string {
  return text
    .replace(/^error: /, '')
    .trim()
    .replaceAll('\n', ' ');
}

function programError(error: unknown): ErrorValue {
  return error instanceof CommanderError ? { kind: 'usage', message: plain(error.message) } : errorValue(error);
}
