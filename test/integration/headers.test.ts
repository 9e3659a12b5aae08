import type { OutgoingHttpHeaders } from 'node:http';
import { Mirror } from './harness/mirror';
import { blob, digest } from './harness/registry-requests';
import { ask, send } from './harness/request';

let mirror: Mirror;

beforeAll(async () => {
  mirror = await Mirror.start();
});

afterEach(() => mirror.reset());

afterAll(() => mirror.stop());

/** The header by which Spegel knows a peer's request, as clients may send it. */
const mirrored: [string, OutgoingHttpHeaders][] = [
  ['nothing', {}],
  ['true', { 'X-Spegel-Mirrored': 'true' }],
  ['false', { 'x-spegel-mirrored': 'false' }],
  ['an empty value', { 'X-SPEGEL-MIRRORED': '' }],
  ['two values', { 'x-sPeGeL-mIrRoReD': ['true', 'false'] }],
  ['two values, turned', { 'X-Spegel-Mirrored': ['false', 'true'] }],
  ['a list', { 'X-Spegel-Mirrored': 'true, false' }],
  ['a value for the next hop only', { 'X-Spegel-Mirrored': 'true', Connection: 'close, X-Spegel-Mirrored' }],
  ['a wish to have it removed', { Connection: 'close, X-Spegel-Mirrored' }],
];

it.each(mirrored)('entry strips the mirror header, given %s', async (_, headers) => {
  expect((await ask(mirror.listener('entry'), blob, { headers })).status).toBe(200);
  expect(mirror.registry.last?.headers).not.toHaveProperty('x-spegel-mirrored');
});

it.each(mirrored)('peers forces the mirror header, given %s', async (_, headers) => {
  expect((await ask(mirror.listener('peers'), blob, { headers })).status).toBe(200);
  expect(mirror.registry.last?.headers).toMatchObject({ 'x-spegel-mirrored': 'true' });
});

describe.each(['entry', 'peers'] as const)('%s', (listener) => {
  const given = (headers: OutgoingHttpHeaders) => ask(mirror.listener(listener), blob, { headers });

  it('has no public manifests unless they are declared', async () => {
    for (const reference of ['latest', digest]) {
      const path = `/v2/library/alpine/manifests/${reference}?ns=docker.io`;
      expect(await ask(mirror.listener(listener), path)).toMatchObject({ status: 404 });
    }
    expect(mirror.registry.seen).toEqual([]);
  });

  it('keeps credentials from Spegel', async () => {
    expect((await given({ Authorization: 'Basic c2VjcmV0OnNlY3JldA==' })).status).toBe(200);
    expect(mirror.registry.last?.headers).not.toHaveProperty('authorization');
  });

  it('passes ranges on', async () => {
    expect((await given({ Range: 'bytes=10-' })).status).toBe(200);
    expect(mirror.registry.last?.headers).toMatchObject({ range: 'bytes=10-' });
  });

  it('never passes a demand for credentials back', async () => {
    mirror.registry.behaviour = 'challenge';
    const answer = await given({});

    expect(answer.status).toBe(401);
    expect(answer.headers).not.toHaveProperty('www-authenticate');
  });

  it.each(['GET', 'HEAD'])('makes one request of one %s, whatever Envoy headers ask for', async (method) => {
    mirror.registry.behaviour = 'failure';
    const headers = {
      'x-envoy-retry-on': '5xx,gateway-error,reset',
      'x-envoy-max-retries': '5',
      'x-envoy-upstream-rq-per-try-timeout-ms': '1',
      'x-envoy-hedge-on-per-try-timeout': 'true',
    };
    expect((await ask(mirror.listener(listener), blob, { method, headers })).status).toBe(503);
    expect(mirror.registry.seen).toHaveLength(1);
  });

  it.each([
    ['an underscore in a header name', { X_Spegel_Mirrored: 'true' }, 400],
    ['too many headers', Object.fromEntries([...Array(80).keys()].map((n) => [`x-${n}`, 'y'])), 431],
    ['headers that are too long', { 'x-long': 'y'.repeat(20_000) }, 431],
    // A refusal: containerd must be told 404.
    ['an upgrade', { Connection: 'Upgrade', Upgrade: 'websocket' }, listener === 'entry' ? 404 : 403],
  ])('refuses %s', async (_, headers: OutgoingHttpHeaders, status) => {
    expect((await given(headers)).status).toBe(status);
    expect(mirror.registry.seen).toEqual([]);
  });

  it('refuses a path that is too long', async () => {
    const path = `/v2/${'a/'.repeat(10_000)}a/blobs/${digest}?ns=docker.io`;
    expect((await ask(mirror.listener(listener), path)).status).toBe(431);
    expect(mirror.registry.seen).toEqual([]);
  });

  it('bears a long path that is none of ours', async () => {
    const path = `/v2/${'a-'.repeat(7000)}/blobs/${digest}?ns=docker.io`;
    expect((await ask(mirror.listener(listener), path)).status).toBe(404);
    expect(mirror.registry.seen).toEqual([]);
  });

  const host = 'Host: mirror\r\nConnection: close\r\n\r\n';
  it.each([
    ['no host', `GET ${blob} HTTP/1.1\r\nConnection: close\r\n\r\n`, 400],
    ['HTTP/1.0', `GET ${blob} HTTP/1.0\r\n${host}`, 426],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['a space in the path', `GET ${blob} x HTTP/1.1\r\n${host}`, 400],
    ['a method in lower case', `get ${blob} HTTP/1.1\r\n${host}`, 400],
    ['a tunnel', `CONNECT docker.io:443 HTTP/1.1\r\n${host}`, 404],
    ['the options of the server', `OPTIONS * HTTP/1.1\r\n${host}`, 404],
    ['a manifest by its full URL', `GET http://x/v2/a/manifests/latest?ns=docker.io HTTP/1.1\r\n${host}`, 404],
    ['two lengths', `GET ${blob} HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n${host}`, 400],
    ['no HTTP', 'hello\r\n\r\n', 400],
  ])('refuses %s', async (_, bytes, status) => {
    expect(await send(mirror.listener(listener), bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(mirror.registry.seen).toEqual([]);
  });
});
