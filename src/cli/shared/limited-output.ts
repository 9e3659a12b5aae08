import type { ChildProcess } from 'node:child_process';

/** When a process is stopped. */
export interface Limits {
  readonly seconds: number;
  /** Of its standard output. */
  readonly characters: number;
}

/** The result of a process. */
export interface Output {
  /** Its exit code; null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
}

/**
 * Waits for the end of a process, and stops one that exceeds a limit.
 *
 * @param child the process, with a pipe as its standard output
 * @param limits its limits
 * @throws the error of a process that cannot start
 */
export function outputWithin(child: ChildProcess, { seconds, characters }: Limits): Promise<Output> {
  const stop = () => child.kill('SIGKILL');
  const timer = setTimeout(stop, seconds * 1000);
  return new Promise<Output>((resolve, reject) => {
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.length > characters) stop();
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout }));
  }).finally(() => clearTimeout(timer));
}
