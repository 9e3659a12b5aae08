import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of the clone. */
export const ROOT = resolve(__dirname, '../../..');
/** The command as a shell types it. */
export const COMMAND = `${process.execPath} -r ${ROOT}/src/swc-register.cjs ${ROOT}/src/cli/main.ts`;

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A stack with organisation tokens: of a registry, and of more clusters. */
export function stackText(registry = 'registry.example', clusters = 1): string {
  const cluster = (index: number) => `
  - name: cluster-${index}
    registries: [registry.example]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
    tokens:
      - organization: kong
        registry: ${registry}
        pull: [{purpose: app, repositories: [kong/app], owner: a, bindTo: [{namespace: a, serviceAccounts: [app]}]}]`;
  return `clusters:${Array.from({ length: clusters }, (_, index) => cluster(index)).join('')}\n`;
}

/** Writes a program that waits for ever, as does what it starts; both have the folder in their command lines. */
export function hanging(folder: string, name: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/bash\nbash -c 'read -r < <(sleep 600)' ${folder} &\ntouch ${path}-asked\nwait\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Starts a program in a process group of its own, as a shell does. */
export function launch(command: string, cwd: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn('bash', ['-c', command], { cwd, env: { ...process.env, ...env }, detached: true });
}

/** Starts the command alone, without a shell between. */
export function launchCommand(args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): ChildProcess {
  const [program = '', ...words] = COMMAND.split(' ');
  return spawn(program, [...words, ...args], { cwd, env: { ...process.env, ...env }, detached: true });
}

/** What a program came to. */
export async function endOf(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (text) => {
    stdout += text;
  });
  child.stderr?.on('data', (text) => {
    stderr += text;
  });
  const [code, signal] = await once(child, 'close');
  return { code, signal, stdout, stderr };
}
