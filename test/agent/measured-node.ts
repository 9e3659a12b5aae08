import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseReport } from '../../src/cli/status/report';
import { usageCounters } from '../../src/mirror/contract/http';
import { contractFile } from '../../src/mirror/node-agent/contract-file';

const PROGRAM = ['counters', 'arrivals', 'usage-file', 'usage'].flatMap((file) => [
  '-f',
  resolve(__dirname, `../../src/mirror/node-agent/${file}.awk`),
]);
const BEGIN = '# secured-mirror begin';
const HEADERS = 'HTTP/1.0 200 OK\r\nConnection: close\r\n\r\n';

/** How often the agent measures, in seconds. */
export const PERIOD = 30;

/** A node with a clock of its own, on which the agent's program measures what the mirror is used for. */
export class MeasuredNode {
  private readonly root = mkdtempSync(join(tmpdir(), 'measured-node-'));
  private readonly blobs = join(this.root, 'content/blobs/sha256');
  private readonly ingest = join(this.root, 'content/ingest');
  /** Seconds since 1970. */
  public now = 2_000_000_000;
  /** Seconds since the node started. */
  public uptime = 500;
  /** When Spegel started. */
  public started = this.now - 100;
  /** What Spegel advertises, by registry. */
  public advertised: { [registry: string]: number } = {};
  /** The proxy's counters. */
  public counters: { [name: string]: number } = {};
  /** Changes an answer before the program reads it. */
  public damage: { proxy?: (answer: string) => string; spegel?: (answer: string) => string } = {};
  /** What the program said. */
  public log = '';

  public constructor(private readonly registries = ['docker.io', 'ghcr.io']) {
    mkdirSync(this.blobs, { recursive: true });
    mkdirSync(join(this.root, 'status'));
    mkdirSync(join(this.root, 'certs.d'));
    writeFileSync(join(this.root, 'contract'), contractFile());
    this.restartProxy();
  }

  /** A node with published registries, about which enough is known. */
  public static settled(registries?: string[]): MeasuredNode {
    const node = new MeasuredNode(registries);
    for (const registry of node.registries) node.publish(registry);
    node.measure(3);
    return node;
  }

  /** Puts the mirror into a registry's settings, now. */
  public publish(registry: string): void {
    this.write(`${registry}/hosts.toml`, `server = "https://${registry}"\n${BEGIN}\n`);
  }

  /** Takes it out again. */
  public withdraw(registry: string): void {
    this.write(`${registry}/hosts.toml`, `server = "https://${registry}"\n`);
  }

  /** Writes a file below the folder of the registries' settings. */
  public write(path: string, text: string): void {
    const file = join(this.root, 'certs.d', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    utimesSync(file, this.now, this.now);
  }

  /** containerd commits content, now, and Spegel sees its label if there is one. */
  public arrive(registry: string | undefined, kinds: ('json' | 'layer')[], bytes = 1000): void {
    for (const kind of kinds) {
      const file = join(this.blobs, randomBytes(32).toString('hex'));
      writeFileSync(file, (kind === 'json' ? '{"schemaVersion":2' : '\x1f\x8b\0').padEnd(bytes, 'x'), 'latin1');
      utimesSync(file, this.now, this.now);
      if (registry !== undefined) this.advertised[registry] = (this.advertised[registry] ?? 0) + 1;
    }
    utimesSync(this.blobs, this.now, this.now);
  }

  /** containerd begins to download content, and lets the file lie. */
  public download(name: string): void {
    mkdirSync(join(this.ingest, name), { recursive: true });
    for (const file of ['startedat', 'data']) this.touch(join(this.ingest, name, file));
  }

  /** Some more of it comes. */
  public receive(name: string): void {
    this.touch(join(this.ingest, name, 'data'));
  }

  /** It is complete. */
  public commit(name: string, registry: string): void {
    rmSync(join(this.ingest, name), { recursive: true });
    this.arrive(registry, ['layer']);
  }

  private touch(file: string): void {
    writeFileSync(file, '');
    utimesSync(file, this.now, this.now);
  }

  /** A pull of an image with two layers that goes past the mirror. */
  public pullPast(registry: string): void {
    this.arrive(registry, ['json', 'json', 'json', 'layer', 'layer']);
  }

  /** The same through the mirror. */
  public pullThrough(registry: string): void {
    this.ask(registry, 5);
    this.count(usageCounters.entryBytes, 5000);
    this.pullPast(registry);
  }

  /** containerd asks the entry. */
  public ask(registry: string, times = 1): void {
    const { before, after } = usageCounters.requests;
    const listed = this.registries.includes(registry) && registry !== '_default';
    this.count(listed ? `${before}${registry}${after}` : usageCounters.otherRequests, times);
  }

  /** A counter of the proxy grows. */
  public count(name: string, by: number): void {
    this.counters[name] = (this.counters[name] ?? 0) + by;
  }

  /** The proxy starts anew, with its counters. */
  public restartProxy(): void {
    this.counters = {
      'http.entry.rbac.old_.shadow_allowed': 0,
      [usageCounters.otherRequests]: 0,
      [usageCounters.answers]: 0,
    };
  }

  /** Time passes, without a measurement. */
  public pass(seconds: number): void {
    this.now += seconds;
    this.uptime += seconds;
  }

  /** Measures, some times with a period before each. */
  public measure(times = 1): this {
    for (let i = 0; i < times; i++) {
      this.pass(PERIOD);
      this.run();
    }
    return this;
  }

  /** What the program wrote for the next run and for the report. */
  public get written(): string {
    return readFileSync(join(this.root, 'status/usage'), 'utf8');
  }

  public set written(text: string) {
    writeFileSync(join(this.root, 'status/usage'), text);
  }

  /** The report, as `status` reads it. */
  public get report() {
    return parseReport(this.written);
  }

  /** Registries that are bypassed. */
  public get bypassed(): string[] | undefined {
    return this.report?.usage?.bypassed;
  }

  /** Whether the agent takes the file. */
  public get complete(): boolean {
    return this.written.endsWith('\n# EOF\n');
  }

  /** Forgets the node. */
  public dispose(): void {
    rmSync(this.root, { recursive: true });
  }

  private run(): void {
    const { proxy = (text: string) => text, spegel = (text: string) => text } = this.damage;
    writeFileSync(join(this.root, 'proxy'), proxy(this.proxyAnswer()));
    writeFileSync(join(this.root, 'spegel'), spegel(this.spegelAnswer()));
    const values = [`now=${this.now}.25`, `uptime=${this.uptime}`, `begin=${BEGIN}`].flatMap((value) => ['-v', value]);
    const files = ['from=proxy', join(this.root, 'proxy'), 'from=spegel', join(this.root, 'spegel')];
    const { status, stdout, stderr } = spawnSync('mawk', [...values, ...PROGRAM, ...files], {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        LC_ALL: 'C',
        TZ: 'UTC0',
        MIRROR_CONTRACT: join(this.root, 'contract'),
        MIRROR_REGISTRIES: this.registries.join(' '),
        MIRROR_HOSTS_FOLDER: join(this.root, 'certs.d'),
        MIRROR_CONTENT_FOLDER: join(this.root, 'content'),
        MIRROR_STATUS_FOLDER: join(this.root, 'status'),
      },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    this.log += stdout;
  }

  private proxyAnswer(): string {
    this.count(usageCounters.answers, 1);
    const stats = Object.entries(this.counters).map(([name, value]) => ({ name, value }));
    return HEADERS + JSON.stringify({ stats });
  }

  private spegelAnswer(): string {
    const samples = Object.entries(this.advertised).map(
      ([registry, value]) => `spegel_advertised_content_digests{registry="${registry}"} ${value}\n`,
    );
    const start = `process_start_time_seconds ${this.started.toExponential().replace('e+9', 'e+09')}\n`;
    return `${HEADERS}# TYPE go_goroutines gauge\n${start}${samples.join('')}spegel_mirror_last_success_timestamp_seconds 0\n`;
  }
}
