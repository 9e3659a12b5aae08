import { spawn } from 'node:child_process';
import { found, leftByChecks, provePull, pullProof, stackFile, type Verdict, verdict } from './check-command';
import { secureMirror } from './compiled';
import { nodes } from './environment';
import { kubectl } from './kubectl';
import { inNode } from './nodes';
import { attempt, eventually } from './run';
import { testCluster } from './stack';

/** Levels that are no fault of the cluster's. */
const FINE = ['ok', 'note', 'warning'];

/** What is wrong in a verdict, as text. */
export function faults({ findings }: Verdict): string[] {
  return findings
    .filter(({ level }) => !FINE.includes(level))
    .map(({ level, code, subject, message }) => `${level} ${code}: ${subject}: ${message}`);
}

/**
 * Tests of `secure-mirror check` on a cluster with a mirror.
 *
 * @param measure notes what came out
 */
export function checkTests(measure: (text: string) => void): void {
  const file = () => stackFile(testCluster());

  test('finds nothing wrong', async () => {
    const run = await verdict('check', '-f', file());
    expect(faults(run)).toEqual([]);
    expect(run.code).toBe(0);
    measure(`check: ${run.findings.length} findings, none of them a problem`);
  });

  test('proves that layers come from a peer', async () => {
    const run = await provePull(file);
    expect(found(run, 'pull').filter(({ level }) => level !== 'ok')).toEqual([]);
    measure(`check --pull: ${found(run, 'pull')[0].message}`);
  });

  test('names the reason when the listener for peers is blocked', async () => {
    const rule = ['FORWARD', '-p', 'tcp', '--dport', '5443', '-j', 'DROP'];
    try {
      for (const node of nodes()) await inNode(node, 'iptables', '-I', ...rule);
      const run = await pullProof(file());
      expect(run.code).toBe(1);
      const problem = found(run, 'pull').find(({ level }) => level === 'problem');
      expect(`${problem?.message} ${problem?.fix}`).toMatch(/5443/);
      measure(`check --pull with peers blocked: ${problem?.message}; ${problem?.fix}`);
    } finally {
      for (const node of nodes()) await inNode(node, 'iptables', '-D', ...rule);
    }
  });

  test('leaves nothing behind after Ctrl-C, and --clean removes what a killed run left', async () => {
    expect(await start('SIGINT')).toBe('SIGINT');
    expect(await leftByChecks()).toBe('');

    await start('SIGKILL');
    expect(await leftByChecks()).not.toBe('');
    const { code, stdout } = await attempt(secureMirror('check', '--clean', '-f', file()));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^removed the namespace secure-mirror-check-/m);
    await eventually('nothing of it', 60, async () => (await leftByChecks()) === '');
  });

  /** Starts checks, and ends them by a signal as soon as they have a pod. It gives the signal that ended the process. */
  async function start(signal: NodeJS.Signals): Promise<NodeJS.Signals | null> {
    const [command = '', ...args] = secureMirror('check', '-f', file(), '--check', 'network-policies');
    const child = spawn(command, args, { stdio: 'ignore' });
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_, by) => resolve(by)));
    await eventually('a pod of the check', 60, async () => {
      const pods = await kubectl(['get', 'pods', '--all-namespaces', '-l', 'secure-mirror/check', '-o', 'name']);
      return pods !== '';
    });
    child.kill(signal);
    return ended;
  }
}
