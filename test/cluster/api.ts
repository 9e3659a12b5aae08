import type { ClientRequest } from 'node:http';
import { Agent, request } from 'node:https';
import type { Duplex } from 'node:stream';
import { run } from './run';

/** What is sent to the API server. */
export interface Question {
  readonly body?: string;
  /** Type of the body. */
  readonly type?: string;
  /** Type of the answer. */
  readonly accept?: string;
}

/** Milliseconds until the API server must have answered. */
const TIMEOUT = 120_000;

/**
 * The API server, asked over connections that stay open: starting a kubectl costs more than the test that asks.
 * What a user does by kubectl is done by kubectl here too.
 */
export class Api {
  /** Reads the kubeconfig by kubectl; undefined where it is not certificates or a token that let its user in. */
  public static async connect(kubectl: string): Promise<Api | undefined> {
    const view = await run([kubectl, 'config', 'view', '--raw', '--minify', '--flatten', '-o', 'json']);
    const [{ cluster }, { user }] = [JSON.parse(view).clusters[0], JSON.parse(view).users[0]];
    const certificate = user['client-certificate-data'] !== undefined && user['client-key-data'] !== undefined;
    const known = cluster.server.startsWith('https:') && cluster['proxy-url'] === undefined;
    return known && (certificate || user.token !== undefined) ? new Api(cluster, user) : undefined;
  }

  private readonly server: URL;
  private readonly headers: Record<string, string>;
  private readonly agent: Agent;

  private constructor(cluster: Record<string, string>, user: Record<string, string>) {
    const decoded = (text?: string) => (text === undefined ? undefined : Buffer.from(text, 'base64'));
    this.server = new URL(cluster.server ?? '');
    this.headers = user.token === undefined ? {} : { authorization: `Bearer ${user.token}` };
    this.agent = new Agent({
      keepAlive: true,
      ca: decoded(cluster['certificate-authority-data']),
      cert: decoded(user['client-certificate-data']),
      key: decoded(user['client-key-data']),
      rejectUnauthorized: !cluster['insecure-skip-tls-verify'],
      servername: cluster['tls-server-name'],
    });
  }

  /** Asks. Gives the answer's body; fails with the server's own words, as kubectl does. */
  public ask(method: string, path: string, question: Question = {}): Promise<string> {
    return twice(() => this.once(method, path, question));
  }

  /** Opens a connection of another protocol. Gives it, and what already came on it. */
  public upgrade(path: string, headers: Record<string, string>): Promise<{ socket: Duplex; head: Buffer }> {
    return twice(() => this.upgradeOnce(path, headers));
  }

  private once(method: string, path: string, { body, type, accept }: Question): Promise<string> {
    return new Promise((resolve, reject) => {
      const headers = { accept: accept ?? 'application/json', ...(type ? { 'content-type': type } : {}) };
      const sent = request(this.options(method, path, headers), (response) => {
        const status = response.statusCode ?? 0;
        textOf(response).then((text) => (status < 300 ? resolve(text) : reject(refusal(status, text))), reject);
      });
      sent.setTimeout(TIMEOUT, () => sent.destroy(new Error(`no answer in ${TIMEOUT / 1000} s`)));
      sent.on('error', (error) => reject(failure(sent, error)));
      sent.end(body);
    });
  }

  private upgradeOnce(path: string, headers: Record<string, string>): Promise<{ socket: Duplex; head: Buffer }> {
    return new Promise((resolve, reject) => {
      const sent = request(this.options('GET', path, { ...headers, connection: 'Upgrade' }));
      sent.setTimeout(TIMEOUT, () => sent.destroy(new Error(`no answer in ${TIMEOUT / 1000} s`)));
      sent.on('error', (error) => reject(failure(sent, error)));
      sent.on('upgrade', (_, socket, head) => {
        socket.setTimeout(0);
        resolve({ socket, head });
      });
      sent.on('response', (response) => {
        textOf(response).then((text) => reject(refusal(response.statusCode ?? 0, text)), reject);
      });
      sent.end();
    });
  }

  private options(method: string, path: string, headers: Record<string, string>) {
    const { hostname, port, pathname } = this.server;
    const base = pathname.replace(/\/$/, '');
    return { agent: this.agent, hostname, port, method, path: base + path, headers: { ...this.headers, ...headers } };
  }
}

/** A connection that the server closed while nobody used it: what was asked did not arrive. */
class ClosedMeanwhile extends Error {}

function failure(sent: ClientRequest, error: NodeJS.ErrnoException): Error {
  const text = `${sent.method} ${sent.path.replace(/[?].*/, '')}: ${error.message}`;
  return sent.reusedSocket && error.code === 'ECONNRESET' ? new ClosedMeanwhile(text) : new Error(text);
}

async function twice<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof ClosedMeanwhile) return action();
    throw error;
  }
}

function refusal(status: number, body: string): Error {
  try {
    const { reason, message } = JSON.parse(body);
    return new Error(`Error from server (${reason ?? status}): ${message}`);
  } catch {
    return new Error(`Error from server: status ${status}: ${body.slice(0, 500)}`);
  }
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
