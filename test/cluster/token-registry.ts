import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from '../integration/harness/certificates';
import { DockerRegistry } from '../integration/tokens/harness/docker-registry';
import { skopeo } from '../integration/tokens/harness/programs';
import { newToken, type Rights, TokenService } from '../integration/tokens/harness/token-service';
import { environment } from './environment';
import { makeImage } from './image';
import { attempt } from './run';
import { type Asked, TokenServer } from './token-server';

/** User name of all tokens, as at Docker Hub. */
export const ORGANIZATION = 'kong';
export const RELEASE = 'kong/kubernetes-ingress-controller';
export const NIGHTLY = 'kong/nightly-ingress-controller';
/** Tag of the images. */
export const TAG = '3.4';

/** A token as the test knows it. */
export interface Token {
  readonly name: string;
  readonly user: string;
  readonly value: string;
}

/** A real registry with token authentication where nodes reach it. Each token is known by a name. */
export class TokenRegistry {
  private readonly tokens = new Map<string, Token>();
  private readonly folder = mkdtempSync(join(tmpdir(), 'token-registry-'));

  private constructor(
    private readonly authority: Authority,
    private readonly service: TokenService,
    private readonly server: TokenServer,
    private readonly registry: DockerRegistry,
  ) {
    writeFileSync(this.caFile, authority.certificate);
  }

  public static async start(): Promise<TokenRegistry> {
    const address = environment('CLUSTER_HOST_ADDRESS');
    const authority = new Authority();
    const service = await TokenService.start(authority);
    const names: { of: (authorization: string | undefined) => string } = { of: () => 'unknown' };
    const server = await TokenServer.start(authority, address, service, (authorization) => names.of(authorization));
    const registry = await DockerRegistry.start(authority, server.realm, address);
    const all = new TokenRegistry(authority, service, server, registry);
    names.of = (authorization) => all.nameOf(authorization);
    return all;
  }

  /** Where it is: address and port. */
  public get host(): string {
    return `${environment('CLUSTER_HOST_ADDRESS')}:${this.registry.port}`;
  }

  /** The CA of its certificate, in PEM. */
  public get ca(): string {
    return this.authority.certificate;
  }

  /** A file with it. */
  public get caFile(): string {
    return join(this.folder, 'ca.crt');
  }

  /** All tokens that were ever made. */
  public get all(): Token[] {
    return [...this.tokens.values()];
  }

  /**
   * Makes a token.
   *
   * @param name how the test calls it
   * @param rights what it may do
   * @param options its user, and whether it works at once
   */
  public make(name: string, rights: Rights, { user = ORGANIZATION, active = true } = {}): Token {
    const token = { name, user, value: newToken() };
    this.tokens.set(name, token);
    this.service.accounts = [...this.service.accounts, { user, token: token.value, rights, active }];
    return token;
  }

  /** Makes a token work, or no more. */
  public setActive({ value }: Token, active: boolean): void {
    this.service.accounts = this.service.accounts.map((it) => (it.token === value ? { ...it, active } : it));
  }

  /** Pushes an image of unique content with a token. */
  public async push(token: Token, repository: string): Promise<void> {
    const archive = join(this.folder, 'image.tar');
    const auth = join(this.folder, 'auth.json');
    writeFileSync(archive, makeImage(2, 65_536).archive);
    const pair = Buffer.from(`${token.user}:${token.value}`).toString('base64');
    writeFileSync(auth, JSON.stringify({ auths: { [this.host]: { auth: pair } } }), { mode: 0o600 });
    const to = `docker://${this.host}/${repository}:${TAG}`;
    const copy = ['copy', '--authfile', auth, '--dest-cert-dir', this.folder, `oci-archive:${archive}`, to];
    const { code, stderr } = await attempt([skopeo(), '--insecure-policy', ...copy]);
    if (code !== 0) throw new Error(`skopeo could not push with the token ${token.name}: ${stderr}`);
  }

  /** What the token service was asked from now on: gives a function that tells. */
  public watch(): () => Asked[] {
    const start = this.server.asked.length;
    return () => this.server.asked.slice(start);
  }

  public async stop(): Promise<void> {
    this.server.stop();
    this.service.stop();
    await this.registry.stop();
    rmSync(this.folder, { recursive: true });
  }

  private nameOf(authorization: string | undefined): string {
    if (authorization === undefined) return 'nobody';
    const pair = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString();
    return this.all.find(({ user, value }) => pair === `${user}:${value}`)?.name ?? 'unknown';
  }
}
