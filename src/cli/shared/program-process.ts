import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';

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

/** Starts a program, and kills it when it exceeds its limits. */
export function startProgram(
  program: string,
  args: string[],
  { stdio, seconds, characters }: ProgramLimits,
): ProgramProcess {
  const child = spawn(program, args, { stdio, env: process.env });
  const ended = new Promise<Ended>((resolve, reject) => {
    let stdout = '';
    const limit = setTimeout(() => endProgram(child), seconds * 1000);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.length > characters) endProgram(child);
    });
    child.on('error', (error) => {
      clearTimeout(limit);
      reject(error);
    });
    child.on('close', (status) => {
      clearTimeout(limit);
      resolve({ status, stdout });
    });
  });
  return { child, ended };
}

/** Kills a program. One that it has started, such as a login's, may live on: nobody waits for what that prints. */
export function endProgram(child: ChildProcess): void {
  child.kill('SIGKILL');
  for (const stream of child.stdio) stream?.destroy();
}
