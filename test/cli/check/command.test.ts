import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childrenOf, ends } from '../processes';
import { withKubectl } from '../secure-mirror';
import { type Answers, CheckCluster } from './check-cluster';

const clusters: CheckCluster[] = [];
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  for (const cluster of clusters.splice(0)) cluster.remove();
});

function clusterWith(answers: Answers = {}, settings: object = {}): CheckCluster {
  const cluster = new CheckCluster(answers, settings);
  clusters.push(cluster);
  return cluster;
}

const check = (cluster: CheckCluster, ...args: string[]) =>
  withKubectl(cluster.kubectl, 'check', '-f', cluster.stack, ...args);

/** Starts the command as a program of its own, as a shell does, until it has asked something. */
async function asking(cluster: CheckCluster, words: string, ...args: string[]): Promise<ChildProcess> {
  const child = launched(cluster, ...args);
  while (!cluster.asked.some((asked) => asked.startsWith(words)) && child.exitCode === null) await sleep(50);
  return child;
}

/** Ctrl-C at a terminal may reach kubectl too. */
function pressCtrlC({ pid = 0 }: ChildProcess): void {
  for (const one of [...childrenOf(pid), pid]) process.kill(one, 'SIGINT');
}

/** Starts the command as a program of its own, and waits until it has made pods. */
async function begun(cluster: CheckCluster, ...args: string[]): Promise<ChildProcess> {
  const child = launched(cluster, ...args);
  while (!cluster.left.some((name) => name.includes('_Pod_')) && child.exitCode === null) await sleep(50);
  return child;
}

function launched(cluster: CheckCluster, ...args: string[]): ChildProcess {
  const command = ['-r', './src/swc-register.cjs', 'src/cli/main.ts', 'check', '-f', cluster.stack, ...args];
  const env = { ...process.env, KUBECTL: cluster.kubectl };
  const child = spawn(process.execPath, command, { cwd: resolve(__dirname, '../../..'), env, detached: true });
  started.push(child);
  return child;
}

async function printed(child: ChildProcess): Promise<string> {
  let text = '';
  child.stderr?.on('data', (data) => {
    text += data;
  });
  await once(child, 'close');
  return text;
}

describe('secure-mirror check', () => {
  it('tries with pods, says what it saw, and leaves nothing', async () => {
    const cluster = clusterWith();
    const { code, stdout, stderr } = await check(cluster, '--pre', '--check', 'network-policies', 'dns');
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toEqual([
      '✔ network-policies  enforced for both directions, tried on w1, and from w2 to it',
      "✔ dns               answers at 10.96.0.10 under the mirror's policies (preset kube-dns), tried on w1, w2",
      '',
      '2 ✔: nothing is wrong',
      '',
    ]);
    expect(code).toBe(0);
    expect(cluster.left).toEqual([]);
    expect(cluster.asked.filter((words) => words.startsWith('delete namespace '))).toHaveLength(1);
  });

  it('makes no namespace where it needs no pods', async () => {
    const cluster = clusterWith();
    const { code, stdout } = await check(cluster, '--pre', '--check', 'secrets', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, checks: [{ name: 'secrets' }] });
    expect(cluster.asked.filter((words) => /^(create|delete)/.test(words))).toEqual([]);
  });

  it('pulls once the others are through', async () => {
    const cluster = clusterWith();
    await check(cluster, '--pull', '--image', 'docker.io/library/a', '--check', 'dns', 'pull');
    const asked = cluster.asked.map((words) => words.split('-')[0]);
    expect(asked).toContain('logs dns');
    expect(asked.lastIndexOf('create')).toBeGreaterThan(asked.lastIndexOf('logs dns'));
  });

  it('prints JUnit XML', async () => {
    const { code, stdout } = await check(clusterWith(), '--pre', '--check', 'secrets', '--junit', '-');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^<\?xml/);
  });

  it("tries in the mirror's namespace where its pull secrets are", async () => {
    const objects = { 'namespace secured-mirror': {} };
    const cluster = clusterWith({ objects }, { imagePullSecrets: ['pull'] });
    const { code } = await check(cluster, '--pre', '--check', 'network-policies');
    expect(code).toBe(0);
    expect(cluster.left).toEqual([]);
    expect(cluster.asked.filter((words) => words.includes('delete namespace'))).toEqual([]);
  });

  it('does not try where that namespace does not exist', async () => {
    const { code, stdout } = await check(clusterWith({}, { imagePullSecrets: ['pull'] }), '--pre', '--check', 'dns');
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /^[?] dns {2}not tried: its pods need the imagePullSecrets pull of the namespace secured-mirror/,
    );
  });

  it('names the missing rights where it cannot even begin', async () => {
    const { code, stdout } = await check(clusterWith({ forbidden: ['nodes'] }), '--pre');
    expect(code).toBe(2);
    expect(stdout).toMatch(/^[?] rights {2}you may not list nodes: checks that need it are not tried\n/);
  });

  it('removes nothing where it may make nothing', async () => {
    const cluster = clusterWith({ forbidden: ['create namespaces'] });
    const { code, stdout, stderr } = await check(cluster, '--pre', '--check', 'dns');
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout).toMatch(/^[?] dns {2}you have no right to "create" namespaces/);
    expect(cluster.asked.filter((words) => words.startsWith('delete'))).toEqual([]);
  });

  it('ends at a silent API server', async () => {
    const { code, stderr } = await check(clusterWith({ hangs: ['get nodes'] }), '--timeout', '1s');
    expect(code).toBe(2);
    expect(stderr).toBe('secure-mirror: not finished after the 1 s of --timeout: it waited for kubectl get nodes\n');
  });

  it('ends a program that kubectl has started, such as a login', async () => {
    const cluster = clusterWith();
    const note = `${cluster.kubectl}-started`;
    writeFileSync(cluster.kubectl, `#!/bin/sh\nsleep 600 &\necho $! >'${note}'\nwait\n`);
    const { code, stderr } = await check(cluster, '--timeout', '1s');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'secure-mirror: not finished after the 1 s of --timeout: it waited for kubectl get nodes\n',
    });
    expect(await ends(Number(readFileSync(note, 'utf8')))).toBe(true);
  });

  it('ends in time when a pod does not, says so, and leaves nothing', async () => {
    const cluster = clusterWith({ stuck: true });
    const { code, stdout } = await check(cluster, '--pre', '--check', 'dns', '--timeout', '4s');
    expect(code).toBe(2);
    expect(stdout).toMatch(/^[?] dns {2}not finished after the 4 s of --timeout/);
    expect(cluster.left).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves nothing at %s', async (signal) => {
    const cluster = clusterWith({ stuck: true });
    const child = await begun(cluster, '--pre', '--check', 'dns');
    const said = printed(child);
    child.kill(signal);
    expect(await said).toContain('interrupted: removing what the checks made');
    expect(child.signalCode).toBe(signal);
    expect(cluster.left).toEqual([]);
  });

  it('ends at once at a second signal, and names the command that removes the rest', async () => {
    const cluster = clusterWith({ stuck: true, hangs: ['delete'] });
    const child = await begun(cluster, '--pre', '--check', 'dns');
    const said = printed(child);
    child.kill('SIGINT');
    while (!cluster.asked.some((words) => words.startsWith('delete namespace'))) await sleep(50);
    child.kill('SIGINT');
    expect(await said).toContain('npm run --silent secure-mirror -- check --clean removes it');
    expect(child.signalCode).toBe('SIGINT');
    expect(cluster.left).not.toEqual([]);
  });

  it('goes on removing when Ctrl-C comes meanwhile', async () => {
    const cluster = clusterWith({ hangsOnce: ['delete namespace'] });
    const child = await asking(cluster, 'delete namespace', '--pre', '--check', 'dns');
    const said = printed(child);
    pressCtrlC(child);
    expect(await said).toBe('secure-mirror: interrupted: removing what the checks made; a second Ctrl-C leaves it\n');
    expect(child.signalCode).toBe('SIGINT');
    expect(cluster.left).toEqual([]);
  });

  it('says no more at a Ctrl-C before anything was made', async () => {
    const cluster = clusterWith({ hangs: ['get nodes'] });
    const child = await asking(cluster, 'get nodes');
    const said = printed(child);
    pressCtrlC(child);
    expect(await said).toBe('secure-mirror: interrupted: removing what the checks made; a second Ctrl-C leaves it\n');
    expect(child.signalCode).toBe('SIGINT');
  });

  it('removes what a killed run left', async () => {
    const cluster = clusterWith({ stuck: true });
    const child = await begun(cluster, '--pre', '--check', 'dns');
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(cluster.left).not.toEqual([]);
    const { code, stdout } = await check(cluster, '--clean');
    expect(stdout).toMatch(/^removed the namespace secure-mirror-check-[0-9a-f]{8}\n$/);
    expect(code).toBe(0);
    expect(cluster.left).toEqual([]);
    expect((await check(cluster, '--clean')).stdout).toBe('nothing is left\n');
  });

  it.each([
    ['kube-system', '0123abcd'],
    ['secure-mirror-check-0123abcd', 'fedc9876'],
    ['secure-mirror-verify-prod', 'yes'],
  ])('leaves the namespace %s, whatever its label says', async (name, run) => {
    const labels = { 'secure-mirror/check': run };
    const cluster = clusterWith({
      objects: { namespaces: { items: [{ kind: 'Namespace', metadata: { name, labels } }] } },
    });
    expect((await check(cluster, '--clean')).stdout).toBe('nothing is left\n');
    expect(cluster.asked.filter((words) => words.startsWith('delete'))).toEqual([]);
  });

  it('helps', async () => {
    const { code, stdout } = await withKubectl('kubectl', 'check', '--help');
    expect(code).toBe(0);
    for (const text of ['--pre', '--wait', '--junit', '--clean', '  npm run --silent secure-mirror -- check --pre']) {
      expect(stdout).toContain(text);
    }
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
