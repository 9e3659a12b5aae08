import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from '../../harness/certificates';
import { type Run, runCommand } from './command';
import { Compiled } from './compiled';
import {
  DECLARED,
  NAMES,
  type Name,
  NIGHTLY,
  ORGANIZATION,
  RELEASE,
  type StackChanges,
  stackText,
  TAG,
} from './declared';
import { DockerRegistry } from './docker-registry';
import { Skopeo } from './skopeo';
import { type Account, newToken, TokenService } from './token-service';

/** A registry, its token service, the four tokens, and the command. */
export class World {
  /** What each token is; each of a test can be searched for. */
  public readonly tokens: { [name in Name]: string };
  /** Everything that was printed or written by the command. */
  public readonly said: string[] = [];
  private readonly administrator: Account;
  private folders = 0;

  private constructor(
    public readonly folder: string,
    public readonly authority: Authority,
    public readonly service: TokenService,
    public readonly registry: DockerRegistry,
    private readonly compiled: Compiled,
  ) {
    this.tokens = Object.fromEntries(NAMES.map((name) => [name, newToken()])) as World['tokens'];
    const all = { [RELEASE]: ['pull', 'push', 'delete'], [NIGHTLY]: ['pull', 'push', 'delete'] };
    this.administrator = { user: 'administrator', token: newToken(), rights: all };
    writeFileSync(this.ca, authority.certificate);
    this.reset();
  }

  public static async start(): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'tokens-'));
    const authority = new Authority();
    const service = await TokenService.start(authority);
    const registry = await DockerRegistry.start(authority, service.realm);
    const world = new World(folder, authority, service, registry, new Compiled());
    for (const repository of [RELEASE, NIGHTLY]) await world.asAdministrator().push(repository, TAG);
    return world;
  }

  public get host(): string {
    return `localhost:${this.registry.port}`;
  }

  public get ca(): string {
    return join(this.folder, 'ca.crt');
  }

  /** Makes all tokens what they are declared to be. */
  public reset(): void {
    this.service.spoil = () => undefined;
    this.service.everybody = {};
    this.service.accounts = [this.administrator, ...NAMES.map((name) => this.declared(name))];
  }

  /** Makes a token something else than what it is declared to be. */
  public change(name: Name, change: Partial<Account>): void {
    const { token } = this.declared(name);
    this.service.accounts = this.service.accounts.map((it) => (it.token === token ? { ...it, ...change } : it));
  }

  /** skopeo, with a token. */
  public as(account: Pick<Account, 'user' | 'token'>): Skopeo {
    const folder = this.newFolder();
    writeFileSync(join(folder, 'ca.crt'), this.authority.certificate);
    return new Skopeo(folder, this.host, account);
  }

  public asAdministrator(): Skopeo {
    return this.as(this.administrator);
  }

  /** The account that a token is declared to be. */
  public declared(name: Name): Account {
    const { repository, actions } = DECLARED[name];
    return { user: ORGANIZATION, token: this.tokens[name], rights: { [repository]: [...actions] } };
  }

  /** A folder with a file for each token. */
  public tokenFolder(more: { readonly [name: string]: string } = {}, mode = 0o600): string {
    const folder = this.newFolder();
    for (const [name, token] of Object.entries({ ...this.tokens, ...more })) {
      writeFileSync(join(folder, name), `${token}\n`, { mode });
    }
    return folder;
  }

  /** A stack that declares the four tokens. */
  public stack({ host = this.host, ...changes }: Partial<StackChanges> = {}): string {
    const file = join(this.newFolder(), 'stack.yaml');
    writeFileSync(file, stackText({ host, ...changes }));
    return file;
  }

  /** Runs `tokens verify` with files; what it says is kept. */
  public async verify(...args: string[]): Promise<Run> {
    return this.run(['-f', this.stack(), '--from-dir', this.tokenFolder(), ...args]);
  }

  /** Runs `tokens verify`. */
  public async run(args: string[], input = ''): Promise<Run> {
    const run = await runCommand(this.compiled.main, ['tokens', 'verify', ...args], { ca: this.ca, input });
    this.said.push(run.stdout, run.stderr, run.process);
    return run;
  }

  public newFolder(): string {
    this.folders += 1;
    const folder = join(this.folder, `${this.folders}`);
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  }

  public async stop(): Promise<void> {
    this.service.stop();
    await this.registry.stop();
    this.compiled.remove();
    rmSync(this.folder, { recursive: true });
  }
}
