import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Authority } from '../../harness/certificates';
import { type Access, Signer } from './signer';

/** What a token may do, by repository. */
export interface Rights {
  readonly [repository: string]: string[];
}

/** A token of the organisation. */
export interface Account {
  readonly user: string;
  readonly token: string;
  readonly rights: Rights;
  /** @default true */
  readonly active?: boolean;
}

/** How an answer is spoilt. */
export type Fault =
  | 'truncated'
  | 'unsigned'
  | 'foreign'
  | 'outdated'
  | 'nothing'
  | 'no token'
  | { status: number; headers?: { [name: string]: string } };

const ALL = ['pull', 'push', 'delete'];

/** A token service as distribution specifies it: it grants what is both asked for and held. */
export class TokenService {
  public static readonly SERVICE = 'test-registry';
  public static readonly ISSUER = 'test-issuer';
  /** All tokens that there are. */
  public accounts: Account[] = [];
  /** Rights of everybody. */
  public everybody: Rights = {};
  /** Spoils each answer to a user with a token. */
  public spoil: (asked: { readonly token: string; readonly repository: string }) => Fault | undefined = () => undefined;
  /** Scopes that were asked for. */
  public readonly asked: string[] = [];
  private readonly signer: Signer;

  private constructor(
    authority: Authority,
    private readonly server: Server,
  ) {
    this.signer = new Signer(authority);
  }

  public static async start(authority: Authority): Promise<TokenService> {
    const pair = authority.issue({ usages: ['server auth'], dnsNames: ['localhost'] });
    const server = createServer({ cert: pair['tls.crt'], key: pair['tls.key'] });
    const service = new TokenService(authority, server);
    server.on('request', (request, response) => service.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  public get realm(): string {
    return `https://localhost:${(this.server.address() as AddressInfo).port}/token`;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** A token with all rights to a repository, for those who stand between. */
  public tokenFor(access: Access[]): string {
    return this.signer.token(TokenService.ISSUER, TokenService.SERVICE, access);
  }

  /** What an account may do at a repository; nothing for one that is unknown or not active. */
  public account(authorization = ''): Account | undefined {
    const [user, ...rest] = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
      .toString()
      .split(':');
    const token = rest.join(':');
    return this.accounts.find((known) => known.user === user && known.token === token && known.active !== false);
  }

  private answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const query = new URL(url, this.realm).searchParams;
    const scope = query.get('scope') ?? '';
    this.asked.push(scope);
    const [, name = '', actions = ''] = /^repository:([^:]+):(.*)$/.exec(scope) ?? [];
    const account =
      headers.authorization === undefined ? { token: '', rights: this.everybody } : this.account(headers.authorization);
    const fault =
      headers.authorization === undefined ? undefined : this.spoil({ token: account?.token ?? '', repository: name });
    if (typeof fault === 'object') {
      response.writeHead(fault.status, fault.headers).end(`planted answer of ${headers.authorization}`);
    } else if (account === undefined) {
      response
        .writeHead(401)
        .end(JSON.stringify({ details: `incorrect username or password: ${headers.authorization}` }));
    } else {
      const asked = actions.split(',').flatMap((action) => (action === '*' ? ALL : [action]));
      const held = [...(this.everybody[name] ?? []), ...(account.rights[name] ?? [])];
      const granted = asked.filter((action) => held.includes(action));
      const access: Access[] = granted.length > 0 ? [{ type: 'repository', name, actions: granted }] : [];
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(this.body(access, fault)));
    }
  }

  private body(access: Access[], fault?: Fault): object {
    const { ISSUER, SERVICE } = TokenService;
    const past = Math.floor(Date.now() / 1000) - 3600;
    if (fault === 'no token') return { expires_in: 300 };
    if (fault === 'truncated') return { token: this.tokenFor(access).split('.').slice(0, 2).join('.') };
    if (fault === 'unsigned') return { token: this.signer.unsigned(ISSUER, SERVICE, access) };
    if (fault === 'foreign') return { token: this.signer.token(ISSUER, 'another-registry', access) };
    if (fault === 'outdated') return { token: this.signer.token(ISSUER, SERVICE, access, { exp: past }) };
    return { token: this.tokenFor(fault === 'nothing' ? [] : access), expires_in: 300 };
  }
}

/** A token that can be searched for. */
export function newToken(): string {
  return `dckr_oat_${randomBytes(12).toString('hex')}`;
}
