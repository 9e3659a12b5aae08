import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Authority } from '../../harness/certificates';
import { held, type Personality, type Shelf, type Who } from './personality';
import type { Signer } from './signer';
import type { Account } from './token-service';

const NEEDS: { readonly [method: string]: readonly string[] } = { GET: ['pull'], POST: ['pull', 'push'] };

/** A registry with its token service, as a personality answers. It keeps no images: each repository that is there has one tag. */
export class PlayedRegistry {
  public accounts: Account[] = [];
  public readonly shelf: Shelf = { repositories: new Set<string>(), open: new Set<string>() };
  /** Scopes that were asked for with a credential. */
  public readonly asked: string[] = [];
  /** Uploads that were begun and not cancelled. */
  public readonly uploads = new Set<string>();
  private readonly sessions = new Map<string, { who: Who; granted: ReadonlyMap<string, string[]> | 'all' }>();

  private constructor(
    public readonly personality: Personality,
    private readonly server: Server,
    private readonly signer: Signer,
  ) {}

  public static async start(personality: Personality, authority: Authority, signer: Signer): Promise<PlayedRegistry> {
    const pair = authority.issue({ usages: ['server auth'], dnsNames: ['localhost'] });
    const server = createServer({ cert: pair['tls.crt'], key: pair['tls.key'] });
    const registry = new PlayedRegistry(personality, server, signer);
    server.on('request', (request, response) => registry.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return registry;
  }

  public get host(): string {
    return `localhost:${(this.server.address() as AddressInfo).port}`;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer({ url = '', method = '', headers }: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(url, `https://${this.host}`);
    const { authorization = '' } = headers;
    if (pathname === this.personality.tokens?.path) this.giveToken(this.who(authorization), searchParams, response);
    else this.serve(method, pathname, authorization, response);
  }

  private get challenge(): string {
    return this.personality.challenge(`https://${this.host}`);
  }

  private who(authorization: string): Who {
    if (authorization === '') return { kind: 'nobody' };
    const text = Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString();
    const account = this.accounts.find(({ user, token, active }) => text === `${user}:${token}` && active !== false);
    return account === undefined ? { kind: 'stranger' } : { kind: 'account', account };
  }

  private giveToken(who: Who, query: URLSearchParams, response: ServerResponse): void {
    const { tokens, login } = this.personality;
    const scope = query.get('scope');
    if (tokens === undefined || (query.get('service') ?? undefined) !== tokens.service) {
      response.writeHead(404).end();
      return;
    }
    if (scope !== null && who.kind !== 'nobody') this.asked.push(scope);
    const [, name = '', actions = ''] = /^repository:([^:]+):(.+)$/.exec(scope ?? '') ?? [];
    const status = login(who);
    const granted =
      scope !== null ? tokens.scope(who, name, actions.split(','), this.shelf) : status === 200 ? [] : status;
    if (typeof granted === 'number') {
      response.writeHead(granted).end('{"errors":[{"code":"DENIED","message":"planted"}]}');
      return;
    }
    const access = granted.length > 0 ? [{ type: 'repository' as const, name, actions: granted }] : [];
    const without = { aud: undefined, access: undefined, UserID: 7 };
    const token =
      tokens.form === 'opaque'
        ? `opaque${randomUUID()}`
        : this.signer.token('issuer', tokens.service ?? '', access, tokens.form === 'bare' ? without : {});
    this.sessions.set(token, { who, granted: tokens.form === 'specified' ? new Map([[name, granted]]) : 'all' });
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ [tokens.field]: token, expires_in: 300 }));
  }

  private serve(method: string, path: string, authorization: string, response: ServerResponse): void {
    const { tokens, login, refusal } = this.personality;
    const session = tokens === undefined ? undefined : this.sessions.get(authorization.replace(/^Bearer /, ''));
    const who = tokens === undefined ? this.who(authorization) : session?.who;
    const refuse = (status: number) =>
      response.writeHead(status, status === 401 ? { 'www-authenticate': this.challenge } : {}).end('planted');
    if (path === '/v2/') {
      const status = tokens === undefined && who !== undefined ? login(who) : session === undefined ? 401 : 200;
      refuse(status);
      return;
    }
    const [, name = '', rest = ''] = /^\/v2\/(.+?)\/((?:tags|manifests|blobs)\/.*)$/.exec(path) ?? [];
    if (method === 'DELETE' && this.uploads.delete(path)) {
      response.writeHead(204).end();
      return;
    }
    const allowed = who === undefined ? [] : held(who, name, this.shelf);
    const shown = session === undefined || session.granted === 'all' ? allowed : (session.granted.get(name) ?? []);
    const needs = NEEDS[method] ?? ['delete'];
    if (!needs.every((action) => shown.includes(action))) refuse(who?.kind === 'account' ? refusal : 401);
    else if (!this.shelf.repositories.has(name)) refuse(404);
    else if (method === 'POST') {
      const location = `/v2/${name}/blobs/uploads/${randomUUID()}`;
      this.uploads.add(location);
      response.writeHead(202, { location }).end();
    } else response.writeHead(200).end(rest.startsWith('tags/') ? '{"tags":["3.4"]}' : '{"schemaVersion":2}');
  }
}
