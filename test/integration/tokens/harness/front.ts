import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server, request as secureRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { World } from './world';

type Way = 'opaque' | 'basic' | 'open';

/**
 * A registry whose tokens say nothing, or that has no token service: it stands before the real one, and does to each request what the
 * rights of its account allow.
 */
export class Front {
  /** Uploads that were begun and not cancelled. */
  public readonly uploads = new Set<string>();
  private readonly opaque = new Map<string, string>();

  private constructor(
    private readonly world: World,
    private readonly way: Way,
    private readonly server: Server,
  ) {}

  public static async start(world: World, way: Way): Promise<Front> {
    const pair = world.authority.issue({ usages: ['server auth'], dnsNames: ['localhost'] });
    const server = createServer({ cert: pair['tls.crt'], key: pair['tls.key'] });
    const front = new Front(world, way, server);
    server.on('request', (asked, response) => front.answer(asked, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return front;
  }

  public get host(): string {
    return `localhost:${(this.server.address() as AddressInfo).port}`;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(asked: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(asked.url ?? '', `https://${this.host}`);
    if (pathname === '/token') {
      this.giveToken(asked, response);
      return;
    }
    const { authorization = '' } = asked.headers;
    const basic = this.way === 'opaque' ? this.opaque.get(authorization) : authorization;
    const account = this.world.service.account(basic);
    const [, repository = ''] = /^\/v2\/(.+)\/(?:tags|manifests|blobs)\//.exec(pathname) ?? [];
    if (
      this.way !== 'open' &&
      (account === undefined || !allowed(asked.method, account.rights[repository], repository))
    ) {
      const realm = this.way === 'opaque' ? `Bearer realm="https://${this.host}/token",service="s"` : 'Basic realm="r"';
      response
        .writeHead(account === undefined ? 401 : 403, { 'www-authenticate': realm })
        .end(`planted ${authorization}`);
      return;
    }
    this.pass(asked, response, repository);
  }

  private giveToken(asked: IncomingMessage, response: ServerResponse): void {
    const { authorization = '' } = asked.headers;
    if (this.world.service.account(authorization) === undefined) {
      response.writeHead(401).end(`planted ${authorization}`);
      return;
    }
    const token = `opaque${this.opaque.size}`;
    this.opaque.set(`Bearer ${token}`, authorization);
    response.writeHead(200).end(JSON.stringify({ access_token: token }));
  }

  private pass(asked: IncomingMessage, response: ServerResponse, name: string): void {
    const token = this.world.service.tokenFor([{ type: 'repository', name, actions: ['pull', 'push', 'delete'] }]);
    const headers = { ...asked.headers, host: this.world.host, authorization: `Bearer ${token}` };
    const options = { method: asked.method, headers, ca: this.world.authority.certificate };
    const url = `https://${this.world.host}${asked.url}`;
    const passed = secureRequest(url, options, (answer) => {
      const upload = /uploads\/([-0-9a-f]+)/.exec(`${asked.url} ${answer.headers.location}`)?.[1] ?? '';
      if (asked.method === 'POST' && answer.statusCode === 202) this.uploads.add(upload);
      if (asked.method === 'DELETE' || asked.method === 'PUT') this.uploads.delete(upload);
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    asked.pipe(passed);
  }
}

function allowed(method = '', rights: readonly string[] = [], repository: string): boolean {
  if (repository === '') return true;
  return rights.includes(method === 'GET' || method === 'HEAD' ? 'pull' : 'push');
}
