import type { IncomingMessage } from 'node:http';
import { createServer, request, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Authority } from '../integration/harness/certificates';
import { TokenService } from '../integration/tokens/harness/token-service';

/** What somebody asked the token service for. */
export interface Asked {
  /** Name of the token; `nobody` where there was none, `unknown` where there is no such token. */
  readonly by: string;
  readonly repository: string;
  /** What was granted; nothing when the token was refused. */
  readonly granted?: string[];
}

/** A token service for nodes: at an address that they reach, also for POST as containerd asks, and written down. */
export class TokenServer {
  /** All that was asked. */
  public readonly asked: Asked[] = [];

  private constructor(
    private readonly server: Server,
    private readonly address: string,
  ) {}

  /**
   * @param authority signs its certificate
   * @param address where nodes reach it
   * @param service who answers
   * @param nameOf name of the token of a header `Authorization`
   */
  public static async start(
    authority: Authority,
    address: string,
    service: TokenService,
    nameOf: (authorization: string | undefined) => string,
  ): Promise<TokenServer> {
    const pair = authority.issue({ usages: ['server auth'], ipAddresses: [address] });
    const server = createServer({ cert: pair['tls.crt'], key: pair['tls.key'] });
    const tokens = new TokenServer(server, address);
    server.on('request', async (asking, response) => {
      const question = await questionOf(asking);
      const { status, token } = await ask(service.realm, authority.certificate, question);
      const [, repository = ''] = /^repository:([^:]+):/.exec(question.scope) ?? [];
      const granted = token === undefined ? undefined : grantedBy(token);
      tokens.asked.push({ by: nameOf(question.authorization), repository, granted });
      const body = token === undefined ? { details: 'incorrect username or password' } : { token, access_token: token };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    return tokens;
  }

  /** Its URL. */
  public get realm(): string {
    return `https://${this.address}:${(this.server.address() as AddressInfo).port}/token`;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

interface Question {
  readonly scope: string;
  readonly authorization?: string;
}

/** A question as a GET has it, and as a POST with the password in its body. */
async function questionOf(asking: IncomingMessage): Promise<Question> {
  let body = '';
  for await (const part of asking) body += part;
  const isForm = asking.method === 'POST';
  const values = isForm ? new URLSearchParams(body) : new URL(asking.url ?? '', 'https://tokens').searchParams;
  const scope = values.get('scope') ?? '';
  if (!isForm) return { scope, authorization: asking.headers.authorization };
  const pair = `${values.get('username')}:${values.get('password')}`;
  return { scope, authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

function ask(realm: string, ca: string, { scope, authorization }: Question) {
  const url = `${realm}?${new URLSearchParams({ service: TokenService.SERVICE, scope })}`;
  return new Promise<{ status: number; token?: string }>((resolve, reject) => {
    const asking = request(url, { ca, headers: authorization ? { authorization } : {} }, async (response) => {
      let body = '';
      for await (const part of response) body += part;
      resolve({ status: response.statusCode ?? 0, token: (JSON.parse(body) as { token?: string }).token });
    });
    asking.on('error', reject).end();
  });
}

/** What a token of the service says was granted. */
function grantedBy(token: string): string[] {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(payload) as { access: { actions: string[] }[] }).access.flatMap(({ actions }) => actions);
}
