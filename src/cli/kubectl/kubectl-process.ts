import type { ChildProcess } from 'node:child_process';
import { CliError } from '../shared/cli-error';
import { startProgram } from '../shared/program-process';

/** kubectl's answer. */
export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running kubectl. */
export interface KubectlProcess {
  readonly child: ChildProcess;
  /** Its answer. It fails with a CliError where kubectl cannot be run. */
  readonly answer: Promise<Answer>;
}

/** After this a login at the first question may be waiting for its user. */
const LOGIN_SECONDS = 2;
const LIMIT_SECONDS = 60;
const LIMIT_CHARACTERS = 64 * 1024 * 1024;

/**
 * Starts kubectl.
 *
 * @param args its arguments
 * @param login whether a login may follow, which talks to the user
 * @param seconds how long it may take; with a login it has five minutes at least
 */
export function startKubectl(args: string[], login: boolean, seconds = LIMIT_SECONDS): KubectlProcess {
  const command = process.env.KUBECTL || 'kubectl';
  const { child, ended } = startProgram(command, args, {
    stdio: [login ? 'inherit' : 'ignore', 'pipe', 'pipe'],
    seconds: login ? Math.max(seconds, LIMIT_SECONDS * 5) : seconds,
    characters: LIMIT_CHARACTERS,
  });
  let stderr = '';
  let live = false;
  const talk = setTimeout(() => {
    live = login && process.stderr.isTTY === true;
    process.stderr.write(live ? stderr : '');
  }, LOGIN_SECONDS * 1000);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-LIMIT_CHARACTERS);
    process.stderr.write(live ? text : '');
  });
  const answer = ended
    .then(({ status, stdout }) => ({
      status,
      stdout,
      stderr: status === null ? `${stderr}\ntimeout: no answer in time` : stderr,
    }))
    .catch((error: Error) => {
      const why = `${command} cannot be run (${error.message}): install kubectl, or name it with KUBECTL`;
      throw new CliError('kubectl', why);
    })
    .finally(() => clearTimeout(talk));
  return { child, answer };
}
