import { spawn } from 'node:child_process';

/** How a command is run. */
export interface RunOptions {
  /** What it reads. */
  readonly input?: string | Buffer;
  /** Milliseconds after which it is killed. */
  readonly timeout?: number;
  /** Variables besides this process's. */
  readonly env?: Record<string, string>;
  /** Folder that it runs in. */
  readonly cwd?: string;
}

/** Runs a command without a shell. Gives its standard output; fails with all that it said. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const result = await attempt(argv, options);
  if (result.code !== 0) {
    throw new Error(`${argv.join(' ')}: exit code ${result.code}\n${result.stderr}${result.stdout.slice(-2000)}`);
  }
  return result.stdout;
}

/** What became of a command. */
export interface Outcome {
  /** Exit code; -1 when it was killed. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command that may fail. */
export function attempt(argv: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const [command = '', ...args] = argv;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...options.env },
      cwd: options.cwd,
      timeout: options.timeout ?? 120_000,
      killSignal: 'SIGKILL',
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    child.stdin.on('error', () => {}); // it need not read
    child.on('error', (error) => reject(new Error(`${command}: ${error.message}`)));
    child.on('close', (code) =>
      resolve({ code: code ?? -1, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
    child.stdin.end(options.input);
  });
}

/** Waits. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** How much longer things may take on a machine that is busy with other things: no test is about time. */
const PATIENCE = 4;

/**
 * Tries until something is true.
 *
 * @param what what is waited for
 * @param seconds how long it takes at most on a machine that does nothing else
 * @param check throws, or gives undefined or false, as long as it is not so
 * @param slowest milliseconds between two checks at most: less for what is cheap and often done
 */
export async function eventually<T>(
  what: string,
  seconds: number,
  check: () => Promise<T | undefined | false>,
  slowest = 1200,
): Promise<T> {
  const end = Date.now() + PATIENCE * seconds * 1000;
  let last = 'it is not so';
  // Asking costs more than it tells after the first times: all nodes share one machine with who asks.
  for (let wait = 300; ; wait = Math.min(wait * 1.5, slowest)) {
    try {
      const value = await check();
      if (value !== undefined && value !== false) {
        return value;
      }
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > end) {
      throw new Error(`gave up after ${PATIENCE * seconds} s waiting for ${what}: ${last}`);
    }
    await sleep(wait);
  }
}
