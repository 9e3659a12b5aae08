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
  writeFileSync,
} from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { usageCounters } from '../../src/mirror/contract/http';
import { contractFile } from '../../src/mirror/node-agent/contract-file';
import { type Files, Mount } from './mount';
import { parseToml } from './toml';
import { SHORT } from './version';

export const ENTRY = 'https://127.0.0.1:30020';
const SCRIPT = resolve(__dirname, '../../src/mirror/node-agent/agent.sh');
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

export type Settings = Record<string, string>;

/** Settings that the agent reads again while it runs. */
const MUTUAL_TLS = { accept: 'mutual-tls', present: 'mutual-tls', entry: ENTRY, resolve: '', propagation: '180' };
export const PLAIN_ENTRY = 'http://127.0.0.1:30020';
/** The same with basic authentication alone. */
export const BASIC = { accept: 'basic', present: 'basic', entry: PLAIN_ENTRY };

/** The agent waits for a silent proxy as long as on a real node. */
export const IMPATIENT = { MIRROR_READY_SECONDS: '1', MIRROR_COUNTERS_SECONDS: '2' };

/** The agent measures what the mirror is used for, once at its start and then when a test says so. */
export const MEASURES = { MIRROR_USAGE_PERIOD: '1000' };

/** Envoy's counters as it writes them. */
const asJson = (counts: Record<string, number>) =>
  JSON.stringify({ stats: Object.entries(counts).map(([name, value]) => ({ name, value })) });

/** Answers that the agent must not take for counters. */
const ODD_COUNTS = {
  half: asJson({ 'http.entry.rbac.old_.shadow_allowed': 0 }).slice(0, -1),
  reordered: '{"stats":[{"value":5,"name":"http.entry.rbac.old_.shadow_allowed"}]}',
  large: '{"stats":[{"name":"http.entry.rbac.old_.shadow_allowed","value":1000000000000000000}]}',
  foreign: 'whatever]}',
};

/** A node: its folders, the proxy's health endpoint and the agent that runs on it. */
export class Node {
  private static readonly all = new Set<Node>();
  public readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'node-agent-')));
  public readonly hosts = join(this.root, 'certs.d');
  /** The folder in which containerd looks when it takes its default list, which begins with `hosts`, for one path. */
  public readonly list = `${this.hosts}:`;
  public readonly states = join(this.root, 'run', 'secured-mirror');
  public readonly shims = join(this.root, 'shims');
  /** Folder of the dynamic files. */
  public readonly dynamicFiles = join(this.root, 'dynamic-files');
  /** What the agent logged. */
  public log = '';
  /** How the proxy answers: with 200, with 503, with 503 for a Spegel that is alive without peers, or it accepts and is silent. */
  public proxy: 'ready' | 'unready' | 'unconnected' | 'silent' = 'ready';
  /** States in which a pull would have failed. */
  public readonly violations = new Set<string>();
  /** Counters that the proxy shows, or how it answers instead. */
  public counts: Record<string, number> | keyof typeof ODD_COUNTS | 'silent' | 'error' = {};
  /** How often it was asked for them. */
  public countsAsked = 0;
  /** What happens while it is asked for them, before it answers. */
  public beforeCounts?: () => void;
  /** How often the agent has asked whether the proxy is ready: once a tick. */
  private ticks = 0;
  /** How Spegel answers when it is asked for its metrics. */
  public spegel = '';
  /** The content store's folder of blobs. */
  public readonly blobs = join(this.root, 'content/blobs/sha256');
  private readonly status = join(this.root, 'status');
  /** Seconds since the node started. */
  private seconds = 0;
  private readonly identity = new Mount(join(this.root, 'identity'));
  /** The Secrets with the credentials. */
  public readonly credential = new Mount(join(this.root, 'credential'));
  public readonly metricsCredential = new Mount(join(this.root, 'metrics-credential'));
  private readonly mounts = new Map<string, Mount>();
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private readonly watch: NodeJS.Timeout;
  private agent?: { process: ChildProcess; ended: Promise<number | string> };
  /** What a hosts.toml with this text names. */
  private readonly named = new Map<string, unknown[]>();

  /** Forgets all nodes, for the end of a test. */
  public static async disposeAll(): Promise<void> {
    for (const node of Node.all) await node.dispose();
  }

  /** A node whose agent gets `settings` on top of those that all tests share, and links the list or not. */
  public static async create(settings: Settings = {}, links = false): Promise<Node> {
    const node = new Node(settings);
    if (links) node.settings.MIRROR_LIST_FOLDER = node.list;
    Node.all.add(node);
    await new Promise((done) => node.server.listen(0, '127.0.0.1', () => done(undefined)));
    return node;
  }

  private readonly settings: Settings;

  private constructor(settings: Settings) {
    this.settings = { ...settings };
    for (const folder of [this.hosts, this.list, this.shims, this.status, this.dynamicFiles, join(this.root, 'tmp')])
      mkdirSync(folder);
    for (const folder of [this.states, this.blobs]) mkdirSync(folder, { recursive: true });
    this.configure();
    this.replace('contract', contractFile());
    this.uptime = 1000;
    this.tool('validate', VALIDATE);
    // It only matters when power is lost, and is slow on a busy disk.
    this.tool('sync', '#!/bin/sh\n');
    this.present(identity('one'));
    this.server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.sockets.delete(socket));
      let request = '';
      socket.on('data', (part) => {
        // A request may come in parts, and is answered once.
        request += part;
        if (!request.endsWith('\r\n\r\n')) return;
        if (!/^GET \/(counts|livez|metrics) /.test(request)) this.ticks++;
        if (this.proxy === 'silent') return;
        if (request.startsWith('GET /counts ')) return this.answerCounts(socket);
        if (request.startsWith('GET /metrics ')) return void socket.end(`HTTP/1.0 200 OK\r\n\r\n${this.spegel}`);
        const good = this.proxy === 'ready' || (this.proxy === 'unconnected' && request.startsWith('GET /livez '));
        socket.end(`HTTP/1.1 ${good ? '200 OK' : '503 no'}\r\nContent-Length: 0\r\n\r\n`);
      });
    });
    this.watch = setInterval(() => this.check(), 5);
  }

  private answerCounts(socket: Socket): void {
    this.countsAsked++;
    this.beforeCounts?.();
    if (this.counts === 'silent') return;
    if (this.counts === 'error') return void socket.end('HTTP/1.1 503 no\r\nContent-Length: 0\r\n\r\n');
    const answers = { [usageCounters.answers]: this.countsAsked };
    const text = typeof this.counts === 'string' ? ODD_COUNTS[this.counts] : asJson({ ...answers, ...this.counts });
    socket.end(`HTTP/1.0 200 OK\r\nConnection: close\r\n\r\n${text}`);
  }

  /** Writes a new version of the mounted Secret as the kubelet does. */
  public present(files: Files): void {
    this.identity.update(files);
  }

  /** Takes the Secret's mount away. */
  public hideIdentity(): void {
    this.identity.hide();
  }

  /** Another mounted Secret or ConfigMap. */
  public mount(name: string): Mount {
    const mount = this.mounts.get(name) ?? new Mount(join(this.root, name));
    this.mounts.set(name, mount);
    return mount;
  }

  /** Changes the settings that the agent reads again while it runs. */
  public configure(changes: Settings = {}): void {
    const lines = Object.entries({ ...MUTUAL_TLS, ...changes }).map(([key, value]) => `${key}=${value}\n`);
    this.replace('settings', lines.join(''));
  }

  /** Seconds since the node started. */
  public set uptime(seconds: number) {
    this.seconds = seconds;
    this.replace('uptime', `${seconds}.25 ${seconds}.00\n`);
  }

  /** Replaces a file below the root in one step. */
  public replace(name: string, text: string): void {
    writeFileSync(join(this.root, `${name}.new`), text);
    renameSync(join(this.root, `${name}.new`), join(this.root, name));
  }

  /** Lets the agent measure what the mirror is used for; it was started with `MEASURES`. */
  public async measure(): Promise<void> {
    const file = join(this.status, 'usage');
    const text = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
    const before = text();
    this.uptime = this.seconds + 1000;
    await this.until(() => text() !== before && text().endsWith('\n# EOF\n'), 'a measurement');
    await this.tick();
  }

  /** Starts over: what is to do before the proxy starts. */
  public async prepare(settings: Settings = {}): Promise<number | string> {
    this.start(settings, '', 'prepare');
    return this.ended();
  }

  /** A dynamic file, decoded. */
  // biome-ignore lint/suspicious/noExplicitAny: the tests know what is in it
  public file(name: string): any {
    return JSON.parse(readFileSync(join(this.dynamicFiles, `${name}.json`), 'utf8')).resources[0];
  }

  /** What the agent says about itself. */
  public get report(): string {
    const file = join(this.status, 'report');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  public get checks(): number {
    const file = join(this.shims, 'checks');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
  }

  public get published(): boolean {
    const path = join(this.dynamicFiles, 'report.json');
    return existsSync(path) && this.file('report').virtual_hosts[0].routes[1].direct_response.status === '200';
  }

  /** Puts a program before all others of its name, for the agent. */
  public tool(name: string, script: string): void {
    writeFileSync(join(this.shims, name), script);
    chmodSync(join(this.shims, name), 0o755);
  }

  /** Starts the agent; `through` are shell commands to run before it in its process. */
  public start(settings: Settings = {}, through = '', ...order: string[]): void {
    rmSync(join(this.dynamicFiles, 'report.json'), { force: true });
    const { port } = this.server.address() as { port: number };
    const child = spawn('bash', ['-c', `${through}\nexec bash "$0" "$@"`, SCRIPT, ...order], {
      env: {
        PATH: `${this.shims}:${process.env.PATH}`,
        TMPDIR: join(this.root, 'tmp'),
        MIRROR_REGISTRIES: 'docker.io',
        MIRROR_SETTINGS: join(this.root, 'settings'),
        MIRROR_STRETCH: `${SHORT}`,
        MIRROR_UPTIME: join(this.root, 'uptime'),
        MIRROR_DIAL_TIMEOUT: '200ms',
        MIRROR_KEY_SECONDS: '60',
        MIRROR_HOSTS_FOLDER: this.hosts,
        MIRROR_STATE_FOLDER: this.states,
        MIRROR_IDENTITY_FOLDER: this.identity.folder,
        MIRROR_CREDENTIAL_FOLDER: this.credential.folder,
        MIRROR_METRICS_CREDENTIAL_FOLDER: this.metricsCredential.folder,
        MIRROR_PROXY_FOLDER: this.dynamicFiles,
        MIRROR_CONTRACT: join(this.root, 'contract'),
        MIRROR_COUNTERS_PORT: `${port}`,
        MIRROR_COUNTERS_PATH: '/counts',
        MIRROR_SPEGEL_PORT: `${port}`,
        MIRROR_CONTENT_FOLDER: join(this.root, 'content'),
        // Never, unless a test says `MEASURES`.
        MIRROR_USAGE_PERIOD: '1000000000',
        MIRROR_READY_HOST: '127.0.0.1',
        MIRROR_READY_PORT: `${port}`,
        MIRROR_READY_PATH: '/readyz',
        MIRROR_ALIVE_PATH: '/livez',
        MIRROR_PERIOD: '0.01',
        // A busy machine makes no silent proxy.
        MIRROR_READY_SECONDS: '60',
        MIRROR_COUNTERS_SECONDS: '60',
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
    const end = Date.now() + 100_000;
    while (!condition()) {
      if (Date.now() > end) throw new Error(`did not come about: ${what}\n${this.log}`);
      await new Promise((done) => setTimeout(done, 5));
    }
  }

  /** Waits until the log says so, as often as `times`. */
  public async logged(line: string, times = 1): Promise<void> {
    await this.until(() => this.log.split(line).length > times, `log line ${line}`);
  }

  /** Waits for a whole tick to pass: one that runs may have asked the proxy yet or not, the next is over when the one after it asks. */
  public async tick(): Promise<void> {
    const end = this.ticks + 3;
    await this.until(() => this.ticks >= end, 'a tick');
  }

  public path(...parts: string[]): string {
    return join(this.hosts, ...parts);
  }

  /** What containerd reads by the list: the settings, nothing, or something of others. */
  public get listed(): 'settings' | 'nothing' | 'others' {
    const path = join(this.list, 'etc/docker/certs.d');
    if (!existsSync(path)) return 'nothing';
    return realpathSync(path) === this.hosts ? 'settings' : 'others';
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
    return this.read(`${registry}/hosts.toml`).includes('//127.0.0.1:30020"');
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

  /** The law: no hosts.toml of ours that does not parse, names a missing file or shows a credential to others. */
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
      const mode = statSync(this.path(registry, 'hosts.toml')).mode & 0o777;
      if (text.includes('Authorization = ') && mode !== 0o600)
        return `it shows the credential (mode ${mode.toString(8)})`;
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
    await new Promise((done) => this.server.close(done));
    rmSync(this.root, { recursive: true });
    expect([...this.violations]).toEqual([]);
  }
}
