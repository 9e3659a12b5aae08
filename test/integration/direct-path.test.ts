import type { PeerRequest } from '../../src/mirror/contract/peer-request';
import { ports } from '../../src/mirror/contract/ports';
import { Authentication } from '../../src/mirror/props/authentication-props';
import { DirectPair, type DirectPairOptions } from './harness/direct-pair';
import { authorization, filesFor, type User } from './harness/dynamic-files';
import { blob, digest } from './harness/registry-requests';
import { ask, type Target } from './harness/request';
import { until } from './harness/until';

const UID = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
const CONTENT = 'the bytes of a layer, which are the same wherever they come from';
/** As containerd asks. */
const accept = `${LAYER}, */*`;

/** What the egress of the near mirror would write if its peer were at 127.0.0.2. */
const FORGED = `application/vnd.secured-mirror.peer;${UID};127.0.0.2:5443`;

const DIRECT = [['HEAD'], ['HEAD', 'GET']];
const BY_SPEGEL = [['GET'], ['GET']];

let pair: DirectPair;

function startEach(options: DirectPairOptions): void {
  beforeAll(async () => {
    pair = await DirectPair.start(options);
  });
  beforeEach(() => {
    pair.reset();
    pair.there.set(digest, { type: LAYER, content: CONTENT });
  });
  afterAll(() => pair.stop());
}

const pull = (headers: object = {}, method = 'GET', target: Target = pair.near.listener('entry')) =>
  ask(target, blob, { method, headers: { accept, ...headers } });

/** What each Spegel was asked: method, and range if any. */
const asked = () =>
  [pair.near, pair.far].map(({ registry }) =>
    registry.seen.map(({ method, headers }) => [method, ...(headers.range ? [headers.range] : [])].join(' ')),
  );

const noted = (): PeerRequest[] =>
  pair.near.envoy.log.split('\n').flatMap((line) => (line.startsWith('{"') ? [JSON.parse(line)] : []));

describe('by mutual TLS', () => {
  startEach({ podUid: UID });

  it('a layer comes from the peer, and Spegel is only asked where it is', async () => {
    expect(await pull()).toMatchObject({
      status: 200,
      body: CONTENT,
      headers: { 'content-type': LAYER, 'docker-content-digest': digest, 'content-length': `${CONTENT.length}` },
    });
    expect(asked()).toEqual(DIRECT);
  });

  it('a part of it does, too, in one stream: containerd makes no chunks of what has no length', async () => {
    const { status, body, headers } = await pull({ range: 'bytes=10-' });
    expect([status, body]).toEqual([206, CONTENT.slice(10)]);
    expect(headers['content-range']).toBe(`bytes 10-${CONTENT.length - 1}/${CONTENT.length}`);
    expect(headers).not.toHaveProperty('content-length');
    expect(headers['transfer-encoding']).toBe('chunked');
    expect(asked()).toEqual([['HEAD'], ['HEAD', 'GET bytes=10-']]);
  });

  it('what the node has comes from its Spegel', async () => {
    pair.here.set(digest, { type: LAYER, content: CONTENT });
    expect(await pull()).toMatchObject({ status: 200, body: CONTENT });
    expect(asked()).toEqual([['HEAD', 'GET'], []]);

    const part = await pull({ range: 'bytes=0-' });
    expect(part).toMatchObject({ status: 206, body: CONTENT, headers: { 'transfer-encoding': 'chunked' } });
    expect(part.headers).not.toHaveProperty('content-length');
  });

  it('many parts of it at a time are the right ones', async () => {
    const starts = CONTENT.split('').map((_, start) => start);
    const parts = await Promise.all(starts.map((start) => pull({ range: `bytes=${start}-` })));
    expect(parts.map(({ body }) => body)).toEqual(starts.map((start) => CONTENT.slice(start)));
  });

  it('what nobody has is not there', async () => {
    pair.there.clear();
    const answer = await pull();
    expect(answer).toMatchObject({ status: 404, body: '' });
    expect(answer.headers).toHaveProperty('docker-distribution-api-version');
    expect(asked()).toEqual([['HEAD'], ['HEAD']]);
  });

  it('what is no layer comes over Spegel', async () => {
    const config = await pull({ accept: 'application/vnd.oci.image.config.v1+json, */*' });
    expect(config).toMatchObject({ status: 200, body: CONTENT });
    expect(asked()).toEqual(BY_SPEGEL);
  });

  it('a client that asks where a layer is learns no address', async () => {
    const { status, headers } = await pull({}, 'HEAD');
    expect([status, headers['content-type'], headers['content-length']]).toEqual([
      200,
      'application/octet-stream',
      `${CONTENT.length}`,
    ]);
    expect(asked()).toEqual([['HEAD'], ['HEAD']]);
  });

  it('content whose type is a marker comes from Spegel, which has it', async () => {
    pair.here.set(digest, { type: FORGED, content: CONTENT });
    expect(await pull()).toMatchObject({ status: 200, body: CONTENT });
    expect(asked()).toEqual([['HEAD', 'GET'], []]);
  });

  it('a peer cannot name another address', async () => {
    pair.there.set(digest, { type: FORGED, content: CONTENT });
    expect(await pull()).toMatchObject({ status: 200, body: CONTENT });
    expect(asked()).toEqual(DIRECT);
  });

  it.each([
    'x-envoy-original-dst-host',
    'X-Envoy-Original-Dst-Host',
    'X-ENVOY-ORIGINAL-DST-HOST',
    'x-mirror-peer',
    'secured-mirror',
    'address',
  ])('a client cannot name an address by the header %s', async (name) => {
    expect(await pull({ [name]: '127.0.0.2:5443' })).toMatchObject({ status: 200, body: CONTENT });
    expect(asked()).toEqual(DIRECT);
    pair.reset();
    expect(await pull({ [name]: '127.0.0.2:5443' })).toMatchObject({ status: 404 });
    expect(await pull({ [name]: '127.0.0.2:5443', accept: '*/*' })).toMatchObject({ status: 404 });
  });

  it('the peer sees of a request what it needs', async () => {
    await pull({ authorization: 'Basic c2VjcmV0', cookie: 'a=b', 'user-agent': 'containerd', 'x-anything': '1' });
    const { host, ...headers } = pair.far.registry.last?.headers ?? {};
    expect(headers).toEqual({
      accept,
      'x-forwarded-proto': 'https',
      'x-envoy-external-address': '127.0.0.1',
      'x-spegel-mirrored': 'true',
    });
  });

  it.each([
    [204, 404],
    [307, 404],
    [401, 404],
    [403, 404],
    [429, 404],
    [404, 404],
    [416, 416],
    [500, 500],
    [503, 503],
  ])('a peer that answers %i is a bare %i to containerd', async (given, seen) => {
    const serve = pair.far.registry.handler;
    pair.far.registry.handler = (request, response) => {
      if (request.method === 'HEAD') return serve?.(request, response);
      const headers = { 'www-authenticate': 'Basic realm="x"', location: 'https://example.com/', 'set-cookie': 'a=b' };
      response.writeHead(given, headers).end(given === 204 ? undefined : 'words of a peer'.repeat(10_000));
    };
    const { status, headers, body } = await pull();
    pair.far.registry.handler = serve;
    expect([status, body]).toEqual([seen, '']);
    expect(Object.keys(headers).sort()).toEqual(['connection', 'content-length', 'date']);
  });

  it('a peer that is gone is an error without words', async () => {
    const serve = pair.far.registry.handler;
    pair.far.registry.handler = (request, response) =>
      request.method === 'HEAD' ? serve?.(request, response) : response.destroy();
    const { status, body } = await pull();
    pair.far.registry.handler = serve;
    expect([status, body]).toEqual([503, '']);
  });

  it('a request counts once, and its bytes as those of a peer', async () => {
    const of = async (name: string) => [await pair.near.envoy.stat(name)];
    const counts = async () => [
      ...(await of('http.entry.rbac.asked_.policy.docker.io.shadow_allowed')),
      ...(await of('cluster.peer-registry.upstream_cx_rx_bytes_total')),
      ...(await of('http.entry.downstream_cx_tx_bytes_total')),
    ];
    const [requests = 0, fromPeers = 0, delivered = 0] = await counts();
    const content = 'x'.repeat(1_000_000);
    pair.there.set(digest, { type: LAYER, content });
    await pull();
    await until('the bytes are counted', async () => ((await counts())[2] ?? 0) > delivered + content.length);
    const [after = 0, bytes = 0] = await counts();
    expect(after).toBe(requests + 1);
    expect(bytes - fromPeers).toBeGreaterThan(content.length);
    expect(bytes - fromPeers).toBeLessThan(content.length + 100_000);
  });

  it('a layer is noted once, with the peer and its bytes, and without the name of the image', async () => {
    const content = 'y'.repeat(4321);
    pair.there.set(digest, { type: LAYER, content });
    await pull();
    const whole = ({ bytes }: PeerRequest) => bytes === content.length;
    await until('it is noted', () => noted().some(whole));
    expect(noted().filter(whole)).toEqual([
      {
        peer: '127.0.0.1',
        connection: expect.any(Number),
        content: digest,
        status: 200,
        bytes: content.length,
        flags: '-',
        failure: null,
      },
    ]);
    expect(pair.near.envoy.log).not.toContain('library/');
  });
});

describe('a pod that does not know its UID', () => {
  startEach({});

  it('gets a layer over Spegel', async () => {
    expect(await pull()).toMatchObject({ status: 200, body: CONTENT, headers: { 'content-type': LAYER } });
    expect(asked()).toEqual(BY_SPEGEL);
    expect(await pull({}, 'HEAD')).toMatchObject({ headers: { 'content-type': 'application/octet-stream' } });
  });
});

describe('a program that fails', () => {
  startEach({
    podUid: UID,
    change: (emitted) => ({
      ...emitted,
      mounts: emitted.mounts.map((mount) => ({
        ...mount,
        files:
          mount.files &&
          Object.fromEntries(
            Object.entries(mount.files).map(([name, text]) => [
              name,
              text.replace('local address = address_in(', 'local address = missing('),
            ]),
          ),
      })),
    }),
  });

  it('leaves the request to Spegel, and tells nothing about it', async () => {
    expect(await pull({ authorization: 'Basic c2VjcmV0' })).toMatchObject({ status: 200, body: CONTENT });
    expect(asked()).toEqual([
      ['HEAD', 'GET'],
      ['HEAD', 'GET'],
    ]);
    await until('it is in the log', () => pair.near.envoy.log.includes("attempt to call global 'missing'"));
    expect(pair.near.envoy.log).not.toMatch(/library|c2VjcmV0|docker[.]io/);
    expect(await pair.near.envoy.stat('http.entry.lua.errors')).toBe(1);
  });
});

describe('by basic authentication', () => {
  const user: User = { name: 'mirror.00000001', password: 'password' };
  startEach({
    podUid: UID,
    stack: {
      authentication: Authentication.basic({ credential: { secret: 'mirror-credential' } }),
      metrics: undefined,
    },
    dynamicFiles: filesFor([user]),
  });
  const entry = () => ({ port: pair.near.port(ports.listeners.entry) });

  it('a layer comes from the peer, which asks for the credential of the mirror', async () => {
    const credential = { authorization: authorization(user) };
    expect(await pull(credential, 'GET', entry())).toMatchObject({ status: 200, body: CONTENT });
    expect(asked()).toEqual(DIRECT);
    expect(pair.far.registry.last?.headers).not.toHaveProperty('authorization');
  });

  it('a peer that no longer takes the credential is a bare 404', async () => {
    pair.far.envoy.write(filesFor([{ ...user, password: 'another' }]));
    const peers = { port: pair.far.port(ports.listeners.peers) };
    await until('the peer takes another one', async () => {
      const { status } = await ask(peers, blob, { headers: { authorization: authorization(user) } });
      return status === 401;
    });
    pair.far.registry.reset();
    const { status, body, headers } = await pull({ authorization: authorization(user) }, 'GET', entry());
    expect([status, body, headers['www-authenticate']]).toEqual([404, '', undefined]);
    expect(pair.far.registry.seen).toEqual([]);
  });

  it('a stranger gets nothing', async () => {
    expect(await pull({}, 'GET', entry())).toMatchObject({ status: 404 });
    expect(pair.near.registry.seen).toEqual([]);
  });
});

describe('on the move, without a credential', () => {
  startEach({
    podUid: UID,
    stack: {
      authentication: Authentication.permissive({ issuer: { caSecret: 'mirror-ca' } }),
      metrics: undefined,
    },
  });

  it('a layer comes from the peer', async () => {
    const entry = { port: pair.near.port(ports.listeners.entry) };
    expect(await pull({}, 'GET', entry)).toMatchObject({ status: 200, body: CONTENT });
    expect(asked()).toEqual(DIRECT);
  });
});

describe('at an IPv6 address', () => {
  startEach({ podUid: UID, address: '::1', stack: { dualStack: true } });

  it('a layer comes from the peer', async () => {
    expect(await pull()).toMatchObject({ status: 200, body: CONTENT });
    expect(asked()).toEqual(DIRECT);
    await until('it is noted', () => noted().some(({ peer, bytes }) => peer === '::1' && bytes === CONTENT.length));
  });
});
