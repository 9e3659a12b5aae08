import { type ChildProcess, spawn } from 'node:child_process';
import { CliError } from '../shared/cli-error';
import { type Output, outputWithin } from '../shared/limited-output';

/** kubectl's answer. */
export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running kubectl. */
export interface KubectlProcess {
  readonly child: ChildProcess;
  /** Its answer. It fails with an CliError where kubectl cannot be run. */
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
  const child = spawn(command, args, { stdio: [login ? 'inherit' : 'ignore', 'pipe', 'pipe'] });
  const limit = login ? Math.max(seconds, LIMIT_SECONDS * 5) : seconds;
  const output = outputWithin(child, { seconds: limit, characters: LIMIT_CHARACTERS });
  const stderr = stderrOf(child, login);
  return { child, answer: answerOf(command, output, stderr) };
}

async function answerOf(command: string, output: Promise<Output>, stderr: Stderr): Promise<Answer> {
  try {
    const { status, stdout } = await output;
    const timeout = status === null ? '\ntimeout: no answer in time' : '';
    return { status, stdout, stderr: stderr.text() + timeout };
  } catch (error) {
    const why = `${command} cannot be run (${(error as Error).message}): install kubectl, or name it with KUBECTL`;
    throw new CliError('kubectl', why);
  } finally {
    stderr.end();
  }
}

interface Stderr {
  readonly text: () => string;
  readonly end: () => void;
}

/** Collects what kubectl writes to stderr, and shows it to a user who may have to log in. */
function stderrOf(child: ChildProcess, login: boolean): Stderr {
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
  return { text: () => stderr, end: () => clearTimeout(talk) };
}
