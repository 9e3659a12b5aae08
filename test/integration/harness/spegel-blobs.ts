import { type IncomingMessage, type RequestListener, request, type ServerResponse } from 'node:http';

/** Content that a fake Spegel has, by its digest. */
export type Blobs = Map<string, { readonly type: string; readonly content: string }>;

const DIGEST = /sha256:[0-9a-f]{64}/;

/** Answers as Spegel v0.7.3 does for a peer: by what it has, or 404 (blobHandler in pkg/registry/registry.go). */
export function servingSpegel(blobs: Blobs): RequestListener {
  return (asked, answer) => serve(blobs, asked, answer);
}

/**
 * Answers as Spegel v0.7.3 does for its node: by what it has, or by what the peer sends, of whose headers it keeps the type, the length and the
 * digest (mirrorHandler there, DescriptorFromHeader and WriteDescriptorToHeader in pkg/oci/client.go).
 *
 * @param blobs what it has
 * @param egress port to which its connections to the peer are redirected
 */
export function askingSpegel(blobs: Blobs, egress: number): RequestListener {
  return (asked, answer) => {
    if (blobs.has(digestIn(asked))) return serve(blobs, asked, answer);
    const { method, url: path, headers } = asked;
    const range = headers.range ? { range: headers.range } : {};
    const sent = { 'x-spegel-mirrored': 'true', authorization: 'Basic Og==', 'user-agent': 'spegel', ...range };
    const toPeer = request({ host: '127.0.0.1', port: egress, method, path, headers: sent, agent: false });
    toPeer.on('error', () => answer.writeHead(404).end());
    toPeer.on('response', (given) => {
      if (given.statusCode !== 200 && given.statusCode !== 206) {
        given.resume();
        return answer.writeHead(404).end();
      }
      const kept = ['content-type', 'content-length', 'docker-content-digest', 'content-range'];
      const found = kept.flatMap((name) => (given.headers[name] ? [[name, given.headers[name]]] : []));
      answer.writeHead(given.statusCode, { 'accept-ranges': 'bytes', ...Object.fromEntries(found) });
      given.on('error', () => answer.destroy());
      given.pipe(answer);
    });
    toPeer.end();
  };
}

function serve(blobs: Blobs, asked: IncomingMessage, answer: ServerResponse): void {
  const digest = digestIn(asked);
  const blob = blobs.get(digest);
  if (blob === undefined) return void answer.writeHead(404).end();
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(asked.headers.range ?? '') ?? [];
  const size = blob.content.length;
  const [start, end] = [Number(from ?? 0), to ? Number(to) + 1 : size];
  answer.writeHead(from === undefined ? 200 : 206, {
    'docker-content-digest': digest,
    'oci-namespace': new URL(asked.url ?? '', 'http://spegel').searchParams.get('ns') ?? '',
    'accept-ranges': 'bytes',
    'content-type': from === undefined ? blob.type : 'application/octet-stream',
    'content-length': end - start,
    ...(from === undefined ? {} : { 'content-range': `bytes ${start}-${end - 1}/${size}` }),
  });
  answer.end(asked.method === 'HEAD' ? undefined : blob.content.slice(start, end));
}

function digestIn({ url = '' }: IncomingMessage): string {
  return DIGEST.exec(url)?.[0] ?? '';
}
