import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** What a run came to. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Arguments and environment of the process while it ran. */
  readonly process: string;
}

/**
 * Runs the command in a process of its own.
 *
 * @param main the program
 * @param args its arguments
 * @param options a file with the CA that it trusts, what comes to its stdin, and what else is in its environment
 */
export async function runCommand(
  main: string,
  args: string[],
  options: { readonly ca: string; readonly input: string; readonly env?: { readonly [name: string]: string } },
): Promise<Run> {
  const env = { PATH: process.env.PATH ?? '', NODE_EXTRA_CA_CERTS: options.ca, ...options.env };
  const child = spawn(process.execPath, [main, ...args], { env });
  let stdout = '';
  let stderr = '';
  const seen = new Set<string>();
  const look = () => {
    for (const file of ['cmdline', 'environ']) {
      try {
        seen.add(readFileSync(`/proc/${child.pid}/${file}`, 'utf8'));
      } catch {
        // It has ended.
      }
    }
  };
  const looking = setInterval(look, 20);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.input);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(looking);
  return { code, stdout, stderr, process: [...seen].join('\n') };
}
