import {
  createServer,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type RequestListener,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

/** A request that got through to Spegel. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** How the fake answers: with content, with 4 MiB of it, without end, with a demand for credentials, with a failure, or never. */
export type Behaviour = 'content' | 'bulk' | 'endless' | 'challenge' | 'failure' | 'silence';

/** One of Spegel's HTTP servers: takes every request and writes it down. */
export class FakeSpegel {
  /** Requests that got through. */
  public readonly seen: Seen[] = [];
  public behaviour: Behaviour = 'content';
  /** Answers in place of the behaviour. */
  public handler?: RequestListener;
  private readonly server: Server;

  private constructor(name: string) {
    this.server = createServer({ maxHeaderSize: 64 * 1024 }, (request, response) => {
      const { method = '', url = '', headers } = request;
      this.seen.push({ method, url, headers });
      if (this.handler) return this.handler(request, response);
      switch (this.behaviour) {
        case 'content':
          return response.writeHead(200, digestOf(url)).end(`${name} answers ${url}`);
        case 'bulk':
          return response.end('x'.repeat(4 * 1024 * 1024));
        case 'endless':
          return void Readable.from(endless(), { objectMode: false }).pipe(response);
        case 'challenge':
          return response.writeHead(401, { 'www-authenticate': 'Basic realm="spegel"' }).end();
        case 'failure':
          return response.writeHead(503).end();
        case 'silence':
          return;
      }
    });
    // As Spegel, which closes no idle connection: Node does after 5 s, and a proxy that uses it just then answers 503.
    this.server.keepAliveTimeout = 0;
  }

  /**
   * Starts one.
   *
   * @param name begins each of its answers
   */
  public static async start(name: string): Promise<FakeSpegel> {
    const spegel = new FakeSpegel(name);
    await new Promise<void>((resolve) => spegel.server.listen(0, '127.0.0.1', resolve));
    return spegel;
  }

  /** Port on which it listens. */
  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** What got through last. */
  public get last(): Seen | undefined {
    return this.seen.at(-1);
  }

  /** Forgets what it saw and answers with content again. */
  public reset(): void {
    this.seen.length = 0;
    this.behaviour = 'content';
  }

  /** Ends its connections. */
  public hangUp(): void {
    this.server.closeAllConnections();
  }

  /** Ends it and its connections. */
  public async stop(): Promise<void> {
    this.hangUp();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function* endless(): Generator<Buffer> {
  const piece = Buffer.alloc(64 * 1024, 'x');
  for (;;) yield piece;
}

/** Spegel repeats the digest of what it serves. */
function digestOf(url: string): OutgoingHttpHeaders {
  const [digest] = /sha256:[0-9a-f]{64}/.exec(url) ?? [];
  return digest === undefined ? {} : { 'docker-content-digest': digest };
}
