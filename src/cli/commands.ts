import type { CliCommand } from './shared/cli-command';

/** A command, and the function that completes it: a module is loaded when its command is named, as loading takes longer than most work. */
interface Entry {
  readonly summary: string;
  readonly load: () => (command: CliCommand) => void;
}

/** The commands, by their names. */
export const COMMANDS: { readonly [name: string]: Entry } = {
  init: {
    summary: 'write a small stack.yaml for your platform',
    load: () => (require('./init/command') as typeof import('./init/command')).addInit,
  },
  synth: {
    summary: 'make manifests of stack.yaml',
    load: () => (require('./synth/command') as typeof import('./synth/command')).addSynth,
  },
  images: {
    summary: "list the mirror's own images, and pin them by digest",
    load: () => (require('./images/program') as typeof import('./images/program')).addImages,
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
