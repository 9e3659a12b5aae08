import { CommanderError } from 'commander';
import { SettingsError } from '../settings/errors';
import { CliCommand } from './shared/cli-command';
import { CliError } from './shared/cli-error';
import { EXIT_CODES } from './shared/exit-codes';
import { spellingOf } from './shared/started';
import { versionText } from './shared/version-text';

/** Exit code of a command that could not do its work. */
const FAILED = 2;

/** The command in a help, which spells it as its user does. */
const COMMAND =
  /\bsecure-mirror (?=(init|completion|synth|compare|check|verify|status|reachability|ca|tokens|\[options\])( |$))/gm;

/** A command, and the function that completes it: a module is loaded when its command is named, as loading takes longer than most work. */
interface Entry {
  readonly summary: string;
  readonly load: () => (command: CliCommand) => void;
}

const COMMANDS: { readonly [name: string]: Entry } = {
  init: {
    summary: 'write a small stack.yaml for your platform',
    load: () => (require('./init/command') as typeof import('./init/command')).addInit,
  },
  synth: {
    summary: 'make manifests of stack.yaml',
    load: () => (require('./synth/command') as typeof import('./synth/command')).addSynth,
  },
  compare: {
    summary: 'compare what kustomize, Argo CD, Flux or Helm rendered with stack.yaml',
    load: () => (require('./compare/command') as typeof import('./compare/command')).addCompare,
  },
  check: {
    summary: 'show whether the mirror works, and if not, why and what to do',
    load: () => (require('./check/command') as typeof import('./check/command')).addCheck,
  },
  verify: {
    summary: 'attack the mirror, and show which lock stops what',
    load: () => (require('./verify/command') as typeof import('./verify/command')).addVerify,
  },
  status: {
    summary: 'show the state of nodes, credential and certificates',
    load: () => (require('./status/command') as typeof import('./status/command')).addStatus,
  },
  reachability: {
    summary: 'show who reaches which port of the mirror, and what policies cannot do',
    load: () => (require('./reachability/command') as typeof import('./reachability/command')).addReachability,
  },
  ca: {
    summary: 'show where a change of CA stands, and its next step',
    load: () => (require('./ca/command') as typeof import('./ca/command')).addCa,
  },
  tokens: {
    summary: 'organisation tokens: rights, use, rotation',
    load: () => (require('./tokens/program') as typeof import('./tokens/program')).addTokens,
  },
  completion: {
    summary: 'print the completion script of a shell',
    load: () => {
      const { addCompletion } = require('./completion/command') as typeof import('./completion/command');
      return (command) => addCompletion(command, loadOthers);
    },
  },
};

/** Completes the commands that nobody named. */
function loadOthers(program: CliCommand, named: string): void {
  for (const command of program.commands as readonly CliCommand[]) {
    if (command.name() !== named) COMMANDS[command.name()]?.load()(command);
  }
}

/**
 * The command secure-mirror.
 *
 * @param args the words after its name
 * @returns its exit code
 */
export async function run(args: string[]): Promise<number> {
  const { command } = spellingOf().program;
  const program = new CliCommand('secure-mirror')
    .description(
      'Makes the manifests of a secured mirror, inspects one in a cluster, and attacks one as a tenant would.',
    )
    .version(versionText(), '-V, --version', 'print the version, and the versions of what it deploys')
    .addHelpText('after', EXIT_CODES)
    .configureOutput({ writeOut: (text) => process.stdout.write(text.replaceAll(COMMAND, () => `${command} `)) })
    .exitOverride();
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    const command = program.command(name).summary(summary);
    if (args.includes(name)) load()(command);
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return program.exitCode ?? FAILED;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? 0 : FAILED;
    }
    // An error that the user can mend needs no stack trace; any other does.
    console.error(messageOf(error));
    return FAILED;
  }
}

function messageOf(error: unknown): unknown {
  if (error instanceof CliError) return `secure-mirror: ${error.message}`;
  return error instanceof SettingsError ? error.message : error;
}
