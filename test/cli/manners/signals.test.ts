import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childrenOf, running } from '../processes';
import { COMMAND, type Ended, endOf, hanging, launch, launchCommand, stackText } from './launch';

let folder: string;
const started: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'signals-'));
  writeFileSync(join(folder, 'stack.yaml'), stackText());
  hanging(folder, 'kubectl');
  hanging(folder, 'docker-credential-slow');
  mkdirSync(join(folder, 'docker'));
  writeFileSync(join(folder, 'docker/config.json'), JSON.stringify({ credsStore: 'slow' }), { mode: 0o600 });
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  for (const pid of running(folder)) process.kill(pid, 'SIGKILL');
  rmSync(folder, { recursive: true });
});

function environment(): NodeJS.ProcessEnv {
  return {
    KUBECTL: join(folder, 'kubectl'),
    PATH: `${folder}:${process.env.PATH}`,
    DOCKER_CONFIG: join(folder, 'docker'),
  };
}

/** Starts a command, waits until it waits for a program, and sends a signal to the command alone. */
async function ended(signal: NodeJS.Signals, asked: string, args: string[], input = ''): Promise<Ended> {
  const child = launchCommand(args, folder, environment());
  started.push(child);
  child.stdin?.end(input);
  const end = endOf(child);
  while (!existsSync(join(folder, `${asked}-asked`)) && child.exitCode === null) await sleep(50);
  child.kill(signal);
  return end;
}

describe('a signal', () => {
  it.each([
    ['SIGINT', 'kubectl', ['status']],
    ['SIGTERM', 'kubectl', ['status']],
    ['SIGHUP', 'kubectl', ['status']],
    ['SIGINT', 'kubectl', ['ca']],
    ['SIGINT', 'kubectl', ['check']],
    ['SIGINT', 'kubectl', ['check', '--clean']],
    ['SIGINT', 'kubectl', ['verify']],
    ['SIGINT', 'kubectl', ['tokens', 'drift']],
    ['SIGINT', 'kubectl', ['tokens', 'verify', '--from-cluster']],
    ['SIGINT', 'docker-credential-slow', ['tokens', 'docker-config', '--purpose', 'app']],
  ] as const)('%s: no %s goes on after %j', async (signal, asked, args) => {
    const end = await ended(signal, asked, [...args], 'planted');
    expect(end).toMatchObject({ code: null, signal, stdout: '' });
    expect(end.stderr).toMatch(/^secure-mirror: interrupted[^\n]*\n$/);
    expect(running(folder)).toEqual([]);
  });

  it('is an error for programs too', async () => {
    const { stdout } = await ended('SIGINT', 'kubectl', ['status', '--json']);
    expect(JSON.parse(stdout)).toEqual({ ok: false, error: { kind: 'interrupted', message: 'interrupted' } });
  });

  it('ends the threads of synth', async () => {
    writeFileSync(join(folder, 'stack.yaml'), stackText('registry.example', 2000));
    const child = launchCommand(['synth', '-o', join(folder, 'out')], folder);
    started.push(child);
    const end = endOf(child);
    while (!existsSync(join(folder, 'out/cluster-0')) && child.exitCode === null) await sleep(20);
    child.kill('SIGINT');
    expect(await end).toMatchObject({ code: null, signal: 'SIGINT', stdout: '', stderr: '' });
    expect(running(folder)).toEqual([]);
  });

  it('is 130 for a shell', async () => {
    const child = launch(`${COMMAND} status; echo $?`, folder, environment());
    started.push(child);
    const end = endOf(child);
    while (!existsSync(join(folder, 'kubectl-asked')) && child.exitCode === null) await sleep(50);
    for (const pid of childrenOf(child.pid ?? 0)) process.kill(pid, 'SIGINT');
    expect((await end).stdout).toBe('130\n');
  });
});
