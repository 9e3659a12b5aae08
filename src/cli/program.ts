import { CommanderError } from 'commander';
import { DEFAULT_NAMESPACE } from '../kubernetes/names';
import { SettingsError } from '../settings/errors';
import { ca } from './ca/ca';
import { addCheck } from './check/command';
import { type ClusterAccess, withAccess } from './kubectl/access';
import { Kubectl } from './kubectl/kubectl';
import { CliCommand } from './shared/cli-command';
import { CliError } from './shared/cli-error';
import { spellingOf } from './shared/started';
import { status } from './status/status';
import { addSynth } from './synth/command';
import { addTokens } from './tokens/program';

/** Exit code of a command that could not do its work. */
const FAILED = 2;

/** The command in a help, which spells it as its user does. */
const COMMAND = /\bsecure-mirror (?=(synth|check|status|ca|tokens|\[options\])( |$))/gm;

interface Options extends ClusterAccess {
  readonly namespace: string;
  readonly json: boolean;
}

const CODES = `
Exit codes: 0 ok, 1 a problem, 2 the command could not find out.`;

const ACCESS = `
It asks with your own kubectl and your own rights: to get the DaemonSet, pods, Secrets and Certificates of the namespace, their issuer,
and to run "cat" in the mirror's pods. It reads only certificates of Secrets, never a key or a password.`;

/**
 * The command secure-mirror.
 *
 * @param args the words after its name
 * @returns its exit code
 */
export async function run(args: string[]): Promise<number> {
  const { command } = spellingOf().program;
  const program = new CliCommand('secure-mirror')
    .description('Makes the manifests of a secured mirror, and inspects one in a cluster, where it changes nothing.')
    .addHelpText('after', CODES)
    .configureOutput({ writeOut: (text) => process.stdout.write(text.replaceAll(COMMAND, () => `${command} `)) })
    .exitOverride();
  const add = (
    name: string,
    summary: string,
    help: string,
    action: (kubectl: Kubectl, json: boolean) => Promise<number>,
  ) =>
    withAccess(program.command(name))
      .summary(summary)
      .description(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`)
      .option('-n, --namespace <name>', 'namespace of the mirror', DEFAULT_NAMESPACE)
      .option('--json', 'print JSON', false)
      .addHelpText('after', `${help}\n${ACCESS}\n${CODES}`)
      .exitsWith(async ({ json, ...access }: Options) => {
        const kubectl = new Kubectl(access);
        try {
          return await action(kubectl, json);
        } finally {
          await kubectl.end();
        }
      });
  addSynth(program);
  addCheck(program);
  add('status', 'show the state of nodes, credential and certificates', STATUS, status);
  add('ca', 'show where a change of CA stands, and its next step', CA, ca);
  addTokens(program);
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

const STATUS = `
Examples:
  secure-mirror status
  secure-mirror status --context production --namespace images
  until secure-mirror status >/dev/null; do sleep 10; done   # after a change of the password
  secure-mirror status --json | jq .problems`;

const CA = `
A change of CA interrupts nothing in three steps: 1 bundle, both CAs are trusted everywhere; 2 leaf, the new CA signs; 3 drop, the
old one goes. Run it before and after each: it prints the commands to type, and whether it is safe to type them now.

Examples:
  secure-mirror ca
  until secure-mirror ca >/dev/null; do sleep 10; done       # until the next step is safe
  secure-mirror ca --json | jq .step`;
