import { execFileSync } from 'node:child_process';

/**
 * Runs a program to its end.
 *
 * @param program the program and its arguments
 * @param folder the folder that it runs in
 * @param environment variables beside those of this process
 * @returns what it writes to stdout
 * @throws Error with all that it wrote when it fails
 */
export function run([program = '', ...rest]: string[], folder: string, environment: NodeJS.ProcessEnv = {}): string {
  try {
    return execFileSync(program, rest, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${message}\n${stdout}${stderr}`);
  }
}
