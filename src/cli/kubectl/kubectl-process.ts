import type { ChildProcess } from 'node:child_process';
import { CliError } from '../shared/cli-error';
import { startProgram } from '../shared/program-process';
import { clearLine } from '../shared/progress';

/** kubectl's answer. */
export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How kubectl may run. */
export interface KubectlOptions {
  /** Whether a login may follow, which talks to the user. */
  readonly login: boolean;
  /**
   * How long it may take; with a login it has five minutes at least.
   *
   * @default - a minute
   */
  readonly seconds?: number;
  /**
   * Its standard input.
   *
   * @default - empty
   */
  readonly input?: string;
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
 * @param options how it may run
 */
export function startKubectl(args: string[], options: KubectlOptions): KubectlProcess {
  const { login, seconds = LIMIT_SECONDS, input } = options;
  const command = process.env.KUBECTL || 'kubectl';
  const { child, ended } = startProgram(command, args, {
    stdio: [input !== undefined ? 'pipe' : login ? 'inherit' : 'ignore', 'pipe', 'pipe'],
    seconds: login ? Math.max(seconds, LIMIT_SECONDS * 5) : seconds,
    characters: LIMIT_CHARACTERS,
  });
  // A kubectl that ends before it has read all of it says why on stderr.
  child.stdin?.on('error', () => undefined).end(input);
  let stderr = '';
  let live = false;
  const talk = setTimeout(() => {
    live = login && process.stderr.isTTY === true;
    tell(live ? stderr : '');
  }, LOGIN_SECONDS * 1000);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-LIMIT_CHARACTERS);
    tell(live ? text : '');
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

/** What kubectl says to its user while it runs. */
function tell(text: string): void {
  if (text === '') return;
  clearLine();
  process.stderr.write(text);
}
