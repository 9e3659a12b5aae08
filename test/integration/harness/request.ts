import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request as plainRequest } from 'node:http';
import { type Agent, request as tlsRequest } from 'node:https';
import { connect as plainConnect, type Socket } from 'node:net';
import { type ConnectionOptions, type PeerCertificate, type TLSSocket, connect as tlsConnect } from 'node:tls';

/** What a client shows, whom it trusts, what it speaks. */
export type Client = Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'maxVersion' | 'ALPNProtocols' | 'servername'>;

/** A listener and how it is approached. */
export interface Target {
  readonly port: number;
  /** Client of TLS; none for plain connections. */
  readonly client?: Client;
  /** URI SAN that the server must show; when left out, the address that is dialled, or the server name. */
  readonly server?: string;
  /** Connections that requests share; each has one of its own when left out. */
  readonly agent?: Agent;
}

/** An answer. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is asked, besides the path. */
export interface Request {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
}

/** How a connection ends that the other side does not want: a TLS alert, a reset, or an end without an answer. */
export const CLOSED = /alert|ECONNRESET|EPIPE|hang up|disconnected|Expected HTTP|closed/;

/** Sends a request. The path goes out as it is written. */
export function ask(target: Target, path: string, { method = 'GET', headers }: Request = {}): Promise<Answer> {
  const options = { host: '127.0.0.1', port: target.port, path, method, headers, agent: target.agent ?? false };
  return new Promise((resolve, reject) => {
    const request = target.client ? tlsRequest({ ...options, ...tlsOptions(target) }) : plainRequest(options);
    request.on('error', reject);
    request.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text) => {
        body += text;
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.end();
  });
}

/** Whether a request is answered by closing the connection. */
export function isClosedTo(target: Target, path: string): Promise<boolean> {
  return ask(target, path).then(
    () => false,
    (error) => CLOSED.test(error.message),
  );
}

/** Opens a connection. One that is refused for its certificate is open at first: the refusal comes with what is read. */
export function connect(target: Target): Promise<Socket> {
  const options = { host: '127.0.0.1', port: target.port };
  return new Promise((resolve, reject) => {
    const socket = target.client ? tlsConnect({ ...options, ...tlsOptions(target) }) : plainConnect(options);
    socket.setEncoding('latin1');
    socket.once('error', reject);
    socket.once(target.client ? 'secureConnect' : 'connect', () => resolve(socket));
  });
}

/** Opens a connection of TLS to look at it, with something else about its client. */
export async function connectTls(target: Target, change: Client = {}): Promise<TLSSocket> {
  return (await connect({ ...target, client: { ...target.client, ...change } })) as TLSSocket;
}

/** Sends bytes as they are and gives the first that come back. Fails when the connection ends without any. */
export async function send(target: Target, bytes: string): Promise<string> {
  const socket = await connect(target);
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('closed without an answer')));
    socket.on('data', (text) => {
      // What begins so is an alert of TLS.
      String(text).startsWith('\x15') ? reject(new Error('TLS alert')) : resolve(String(text));
      socket.destroy();
    });
    socket.write(bytes, 'latin1');
  });
}

function tlsOptions({ client, server }: Target): object {
  const checkServerIdentity = (_: string, certificate: PeerCertificate) =>
    certificate.subjectaltname?.split(', ').includes(`URI:${server}`)
      ? undefined
      : new Error(`the server is ${certificate.subjectaltname}, not ${server}`);
  return { ...client, ...(server ? { checkServerIdentity } : {}) };
}
