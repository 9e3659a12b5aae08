import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseToml } from './toml';

export const ENTRY = 'https://127.0.0.1:30020';
const SCRIPT = resolve(__dirname, '../../src/node-agent/agent.sh');
const MARK = '# secured-mirror begin';

/** What a client certificate, its key and the CA are to the stub of the check: the names must agree. */
export const identity = (name: string) => ({
  'tls.crt': `-----BEGIN CERTIFICATE-----\nleaf ${name}\n-----END CERTIFICATE-----\n`,
  'tls.key': `-----BEGIN PRIVATE KEY-----\nsecret ${name}\n-----END PRIVATE KEY-----\n`,
  'ca.crt': '-----BEGIN CERTIFICATE-----\nca\n-----END CERTIFICATE-----\n',
});

const VALIDATE = `#!/usr/bin/env bash
echo checked >>"\${0%/*}/checks"
leaf=$(grep -o '^leaf .*' "$1") key=$(grep -o '^secret .*' "$1")
[[ \${leaf#leaf } == "\${key#secret }" ]] && grep -q '^ca' "$2"
`;

jest.setTimeout(30_000);

export type Settings = Record<string, string>;

/** A node: its folders, the proxy's health endpoint and the agent that runs on it. */
export class Node {
  private static readonly all = new Set<Node>();
  public readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'node-agent-')));
  public readonly hosts = join(this.root, 'certs.d');
  public readonly states = join(this.root, 'run', 'secured-mirror');
  public readonly shims = join(this.root, 'shims');
  /** What the agent logged. */
  public log = '';
  /** How the proxy answers: with 200, with 503, or it accepts and is silent. */
  public proxy: 'ready' | 'unready' | 'silent' = 'ready';
  /** States in which a pull would have failed. */
  public readonly violations = new Set<string>();
  private readonly status = join(this.root, 'status');
  private readonly secret = join(this.root, 'identity');
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private readonly watch: NodeJS.Timeout;
  private agent?: { process: ChildProcess; ended: Promise<number | string> };
  private versions = 0;
  /** What a hosts.toml with this text names. */
  private readonly named = new Map<string, unknown[]>();

  /** Forgets all nodes, for the end of a test. */
  public static async disposeAll(): Promise<void> {
    for (const node of Node.all) await node.dispose();
  }

  /** A node whose agent gets `settings` on top of those that all tests share. */
  public static async create(settings: Settings = {}): Promise<Node> {
    const node = new Node(settings);
    Node.all.add(node);
    await new Promise((done) => node.server.listen(0, '127.0.0.1', () => done(undefined)));
    return node;
  }

  private constructor(private readonly settings: Settings) {
    for (const folder of [this.hosts, this.shims, this.status, this.secret, join(this.root, 'tmp')]) mkdirSync(folder);
    mkdirSync(this.states, { recursive: true });
    this.tool('validate', VALIDATE);
    // It only matters when power is lost, and is slow on a busy disk.
    this.tool('sync', '#!/bin/sh\n');
    this.present(identity('one'));
    this.server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('data', () => {
        if (this.proxy === 'silent') return;
        socket.end(`HTTP/1.1 ${this.proxy === 'ready' ? '200 OK' : '503 no'}\r\nContent-Length: 0\r\n\r\n`);
      });
    });
    this.watch = setInterval(() => this.check(), 5);
  }

  /** Writes a new version of the mounted Secret as the kubelet does. */
  public present(files: Record<string, string>): void {
    const version = `..v${++this.versions}`;
    mkdirSync(join(this.secret, version));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.secret, version, name), text);
    symlinkSync(version, join(this.secret, '..data_tmp'));
    renameSync(join(this.secret, '..data_tmp'), join(this.secret, '..data'));
  }

  /** Takes the Secret's mount away. */
  public hideIdentity(): void {
    rmSync(join(this.secret, '..data'));
  }

  public get checks(): number {
    const file = join(this.shims, 'checks');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
  }

  public get published(): boolean {
    return existsSync(join(this.status, 'published'));
  }

  /** Puts a program before all others of its name, for the agent. */
  public tool(name: string, script: string): void {
    writeFileSync(join(this.shims, name), script);
    chmodSync(join(this.shims, name), 0o755);
  }

  /** Starts the agent; `through` are shell commands to run before it in its process. */
  public start(settings: Settings = {}, through = ''): void {
    rmSync(join(this.status, 'published'), { force: true });
    const { port } = this.server.address() as { port: number };
    const child = spawn('bash', ['-c', `${through}\nexec bash "$0"`, SCRIPT], {
      env: {
        PATH: `${this.shims}:${process.env.PATH}`,
        TMPDIR: join(this.root, 'tmp'),
        MIRROR_REGISTRIES: 'docker.io',
        MIRROR_RESOLVE_REGISTRIES: '',
        MIRROR_ENTRY: ENTRY,
        MIRROR_DIAL_TIMEOUT: '200ms',
        MIRROR_HOSTS_FOLDER: this.hosts,
        MIRROR_STATE_FOLDER: this.states,
        MIRROR_IDENTITY_FOLDER: this.secret,
        MIRROR_READY_HOST: '127.0.0.1',
        MIRROR_READY_PORT: `${port}`,
        MIRROR_READY_PATH: '/readyz',
        MIRROR_PERIOD: '0.05',
        MIRROR_STATUS_FOLDER: this.status,
        MIRROR_VALIDATE: join(this.shims, 'validate'),
        ...this.settings,
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data) => {
        this.log += data;
      });
    }
    const ended = new Promise<number | string>((done) => {
      child.on('close', (code, signal) => done(signal ?? code ?? 'gone'));
    });
    this.agent = { process: child, ended };
  }

  /** Ends the agent: its exit code, or the signal that ended it. */
  public async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string> {
    this.agent?.process.kill(signal);
    return this.ended();
  }

  /** Waits for the agent's own end. */
  public async ended(): Promise<number | string> {
    const how = (await this.agent?.ended) ?? 'never started';
    this.check();
    return how;
  }

  /** Whether the agent runs. */
  public get runs(): boolean {
    return this.agent?.process.exitCode === null && this.agent.process.signalCode === null;
  }

  public async until(condition: () => boolean, what = `${condition}`): Promise<void> {
    const end = Date.now() + 15_000;
    while (!condition()) {
      if (Date.now() > end) throw new Error(`did not come about: ${what}\n${this.log}`);
      await new Promise((done) => setTimeout(done, 5));
    }
  }

  /** Waits until the log says so, as often as `times`. */
  public async logged(line: string, times = 1): Promise<void> {
    await this.until(() => this.log.split(line).length > times, `log line ${line}`);
  }

  /** Waits for a whole tick to pass. */
  public async tick(): Promise<void> {
    for (let ticks = 0; ticks < 2; ticks++) {
      const seen = statSync(join(this.status, 'alive')).mtimeMs;
      await this.until(() => statSync(join(this.status, 'alive')).mtimeMs !== seen, 'a tick');
    }
  }

  public path(...parts: string[]): string {
    return join(this.hosts, ...parts);
  }

  public write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  /** The text of a file below the hosts folder, or '' when there is none. */
  public read(path: string): string {
    try {
      return readFileSync(this.path(path), 'utf8');
    } catch {
      return '';
    }
  }

  public mirrored(registry: string): boolean {
    return this.read(`${registry}/hosts.toml`).includes(ENTRY);
  }

  /** Everything below a folder: names, kinds, modes, contents; with `inodes` also which file it is and since when. */
  public tree(folder = this.hosts, inodes = true): string[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .sort()
      .flatMap((name) => {
        const path = join(folder, name);
        const found = lstatSync(path);
        const file = inodes ? ` ${found.ino} ${found.mtimeMs}` : '';
        const mode = (found.mode & 0o777).toString(8);
        if (found.isSymbolicLink()) return [`${path} -> ${readlinkSync(path)}`];
        if (found.isDirectory()) return [`${path}/ ${mode}`, ...this.tree(path, inodes)];
        return [`${path} ${mode}${file} ${readFileSync(path, 'utf8')}`];
      });
  }

  /** The law: no hosts.toml of ours that does not parse or names a missing file. */
  public check(): void {
    for (const registry of readdirSync(this.hosts)) {
      const path = `${registry}/hosts.toml`;
      const text = this.read(path);
      if (!text.includes(MARK)) continue;
      const problem = this.problemOf(registry, text);
      // As it may have been replaced while being looked at.
      if (problem && this.read(path) === text) this.violations.add(`${registry}: ${problem}\n${text}`);
    }
  }

  private problemOf(registry: string, text: string): string | undefined {
    try {
      const named = this.named.get(text) ?? parseToml(text).flatMap(({ keys }) => [keys.ca, keys.client].flat(2));
      this.named.set(text, named);
      for (const file of named) {
        if (typeof file !== 'string') continue;
        if (statSync(resolve(this.path(registry), file)).size === 0) return `${file} is empty`;
      }
    } catch (error) {
      return `${error}`;
    }
  }

  /** Ends everything and forgets the node. Fails when the law was broken. */
  public async dispose(): Promise<void> {
    Node.all.delete(this);
    clearInterval(this.watch);
    await this.stop('SIGKILL');
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    rmSync(this.root, { recursive: true });
    expect([...this.violations]).toEqual([]);
  }
}
