import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { isatty } from 'node:tty';

/** The end of a program. */
export interface Ended {
  /** Its exit code; null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
}

/** A running program. */
export interface ProgramProcess {
  readonly child: ChildProcess;
  /** Fails with the error of the system where it cannot run. */
  readonly ended: Promise<Ended>;
}

/** What a program may do. */
export interface ProgramLimits {
  readonly stdio: StdioOptions;
  readonly seconds: number;
  /** Length of its stdout. */
  readonly characters: number;
}

/** The programs that run, and whether each leads a process group. */
const running = new Map<ChildProcess, boolean>();

/** Starts a program, and kills it when it exceeds its limits. */
export function startProgram(
  program: string,
  args: string[],
  { stdio, seconds, characters }: ProgramLimits,
): ProgramProcess {
  // In a group of its own it ends with all that it started; at a terminal it may have to ask the user, who then has Ctrl-C.
  const leads = !(stdio[0] === 'inherit' && isatty(0));
  const child = spawn(program, args, { stdio, env: process.env, detached: leads });
  running.set(child, leads);
  const ended = new Promise<Ended>((resolve, reject) => {
    let stdout = '';
    const limit = setTimeout(() => endProgram(child), seconds * 1000);
    const over = () => {
      clearTimeout(limit);
      running.delete(child);
    };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.length > characters) endProgram(child);
    });
    child.on('error', (error) => {
      over();
      reject(error);
    });
    child.on('close', (status) => {
      over();
      resolve({ status, stdout });
    });
  });
  return { child, ended };
}

/** Kills a program with all that it started in its group. Nobody waits for what others of them print. */
export function endProgram(child: ChildProcess): void {
  if (running.get(child) && child.pid !== undefined) killGroup(child.pid);
  child.kill('SIGKILL');
  for (const stream of child.stdio) stream?.destroy();
}

/** Kills all programs that run. */
export function endPrograms(): void {
  for (const child of running.keys()) endProgram(child);
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
