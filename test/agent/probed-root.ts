import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type NodeFacts, nodeFacts } from '../../src/cli/check/node/facts';
import { probeScript } from '../../src/cli/check/node/scripts';

/** The files of a node, and the probe that looks at them as in its pod. */
export class ProbedRoot {
  /** @param root the folder that stands for the node's root */
  public constructor(public readonly root = mkdtempSync(join(tmpdir(), 'probed-root-'))) {}

  /** What the probe printed. */
  public log = '';

  /** Writes a file of the node. */
  public write(path: string, text: string, changed?: number): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (changed !== undefined) utimesSync(file, changed, changed);
  }

  /** Makes a link of the node. */
  public link(path: string, target: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    symlinkSync(target, file);
  }

  /** A process of the node: containerd with these flags, started 100 s after the node, which started at 1000. */
  public process(id: number, flags: readonly string[] = []): void {
    const fields = ['S', ...Array.from({ length: 18 }, () => '0'), '10000', '0'];
    this.write('proc/stat', 'cpu 1 2 3\nbtime 1000\nprocesses 5\n');
    this.write(`proc/${id}/comm`, 'containerd\n');
    this.write(`proc/${id}/cmdline`, ['/usr/bin/containerd', ...flags, ''].join('\0'));
    this.write(`proc/${id}/stat`, `${id} (containerd) ${fields.join(' ')}\n`);
  }

  /** Runs the probe. */
  public probe(settings: Record<string, string> = {}): NodeFacts {
    const env = {
      PATH: process.env.PATH,
      PROBE_ROOT: this.root,
      PROBE_CONFIG: '/etc/containerd/config.toml',
      PROBE_SOCKET: '/run/containerd/containerd.sock',
      PROBE_HOSTS: '/etc/containerd/certs.d',
      PROBE_STATE: '/run/secured-mirror',
      PROBE_REGISTRIES: 'docker.io',
      PROBE_ENTRY: 'https://127.0.0.1:30020',
      PROBE_PORT: '30020',
      PROBE_UNITS: 'containerd.service',
      PROBE_ENVIRONMENT: '',
      ...settings,
    };
    const { stdout, stderr, status } = spawnSync('bash', ['-c', probeScript()], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.log = stdout + stderr;
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    return nodeFacts(stdout);
  }

  public remove(): void {
    rmSync(this.root, { recursive: true });
  }
}
