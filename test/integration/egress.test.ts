import type { PeerRequest } from '../../src/mirror/contract/peer-request';
import { ports } from '../../src/mirror/contract/ports';
import { Authority, type KeyPair } from './harness/certificates';
import { dialling, withClusters } from './harness/dialling';
import type { CertificateSpec } from './harness/emitted';
import { freePort } from './harness/free-ports';
import { Mirror } from './harness/mirror';
import { blob } from './harness/registry-requests';
import { ask, CLOSED, send } from './harness/request';
import { TcpRecorder } from './harness/tcp-recorder';
import { until } from './harness/until';
import { Wire } from './harness/wire';

const secret = 'Basic c2VjcmV0OnNlY3JldA==';
const headers = { Authorization: secret };

let near: Mirror;
let far: Mirror;
let registryWire: Wire;
let routerWire: Wire;

beforeAll(async () => {
  registryWire = await Wire.start();
  routerWire = await Wire.start();
  far = await Mirror.start();
  const dialled: { [cluster: string]: number } = { 'peer-registry': registryWire.port, 'peer-router': routerWire.port };
  near = await Mirror.start({
    authority: far.authority,
    change: (emitted) => withClusters(emitted, (cluster) => dialling(cluster, dialled[cluster.name])),
  });
});

afterAll(() => Promise.all([near, far, registryWire, routerWire].map((part) => part.stop())));

/** Leads what the near mirror dials to other ports, and waits until its old connections are gone. */
async function lead(registry: number, router: number): Promise<void> {
  registryWire.lead(registry);
  routerWire.lead(router);
  await until('no connection to the peer is left', async () => {
    const open = await near.envoy.stats(/^cluster[.]peer-.*[.]upstream_cx_active$/);
    return Object.values(open).every((count) => count === 0);
  });
  far.reset();
}

const askPeer = () => ask({ port: near.port(ports.egress.registry) }, blob, { headers });
const callPeer = () => send({ port: near.port(ports.egress.router) }, 'hello router');

/** What the near proxy has noted of its requests to peers. */
function peerRequests(): PeerRequest[] {
  const lines = near.envoy.log.split('\n').filter((line) => line.startsWith('{"'));
  return lines.map((line) => JSON.parse(line));
}

/** Nothing of a request is to be read on the wire. */
function expectNothingPlain(): void {
  for (const { sent } of [registryWire, routerWire]) {
    expect(sent).not.toMatch(/GET \/|blobs\/|authorization|c2VjcmV0|hello router/i);
  }
}

describe('the right peer', () => {
  beforeEach(() => lead(far.port(ports.listeners.peers), far.port(ports.listeners.router)));

  it('serves its registry, and never sees the credential', async () => {
    expect(await askPeer()).toMatchObject({ status: 200, body: `registry answers ${blob}` });
    expect(far.registry.seen).toMatchObject([{ url: blob, headers: { 'x-spegel-mirrored': 'true' } }]);
    expect(far.registry.last?.headers).not.toHaveProperty('authorization');
    expectNothingPlain();
  });

  it('is called by the name that all peers share', async () => {
    await askPeer();
    expect(registryWire.sent).toContain('peer.secured-mirror.svc');
  });

  it('refuses a private manifest', async () => {
    const path = '/v2/library/private/manifests/latest?ns=docker.io';
    expect(await ask({ port: near.port(ports.egress.registry) }, path)).toMatchObject({ status: 404 });
    expect(far.registry.seen).toEqual([]);
  });

  it('is noted in the log with the digest and the bytes of what it sent, without the name of the image', async () => {
    const { body } = await askPeer();
    const [digest = ''] = /sha256:[0-9a-f]+/.exec(blob) ?? [];
    // Envoy writes its log every ten seconds.
    await until('it is noted', () => peerRequests().some(({ content }) => content === digest));
    const noted = {
      peer: '127.0.0.1',
      connection: expect.any(Number),
      content: digest,
      status: 200,
      bytes: body.length,
      flags: '-',
      failure: null,
    };
    expect(peerRequests()).toContainEqual(noted);
    expect(near.envoy.log).not.toContain('library/');
  });

  it('takes calls to its router', async () => {
    expect(await callPeer()).toBe('router');
    expect(far.router.received).toBe('hello router');
    expectNothingPlain();
  });
});

it('a peer that is no proxy of ours sees no credential either', async () => {
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';
  const peer = await TcpRecorder.start(answer, far.authority.issue(far.certificate('mirror-peer')));
  await lead(peer.port, peer.port);
  const asked = await askPeer();
  await peer.stop();

  expect(asked).toMatchObject({ status: 200 });
  expect(peer.received).toContain(blob);
  expect(peer.received).not.toMatch(/authorization/i);
  expectNothingPlain();
});

describe('somebody in place of a peer is told nothing', () => {
  const right = () => far.certificate('mirror-peer');
  let rogue: TcpRecorder | undefined;
  const ours = (change: Partial<CertificateSpec>) => far.authority.issue({ ...right(), ...change });

  afterEach(async () => {
    await rogue?.stop();
    rogue = undefined;
  });

  it.each<[string, string, () => KeyPair | undefined]>([
    ['without TLS', 'connection_error', () => undefined],
    ['of another CA', 'fail_verify_error', () => new Authority().issue(right())],
    ['expired', 'fail_verify_error', () => far.authority.issueExpired(right())],
    ['with the certificate of a node', 'fail_verify_error', () => far.authority.issue(far.certificate('mirror-node'))],
    [
      'with the certificate of the entry',
      'fail_verify_san',
      () => far.authority.issue(far.certificate('mirror-server')),
    ],
    ['without a SAN', 'fail_verify_san', () => ours({ uris: [] })],
    [
      'of another trust domain',
      'fail_verify_san',
      () => ours({ uris: right().uris?.map((uri) => uri.replace('cluster-1', 'cluster-2')) }),
    ],
    [
      'with the right names, but no URI',
      'fail_verify_san',
      () => ours({ uris: [], dnsNames: ['peer.secured-mirror.svc'], ipAddresses: ['127.0.0.1'] }),
    ],
  ])('%s: %s', async (_, reason, shown) => {
    const certificate = shown();
    rogue = await TcpRecorder.start('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', certificate);
    await lead(rogue.port, rogue.port);
    const refused = new RegExp(`^cluster[.]peer-(registry|router)[.]ssl[.]${reason}$`);
    const before = await near.envoy.stats(refused);

    expect(await askPeer()).toMatchObject({ status: 503 });
    await expect(callPeer()).rejects.toThrow(CLOSED);

    const after = await near.envoy.stats(refused);
    expect(Object.keys(after)).toHaveLength(2);
    for (const [name, count] of Object.entries(after)) {
      expect(count).toBeGreaterThan(before[name] ?? 0);
    }
    expectNothingPlain();
    expect(certificate ? rogue.received : '').toBe('');
  });

  it('a stranger is noted in the log with what is wrong about it', async () => {
    rogue = await TcpRecorder.start('', new Authority().issue(right()));
    await lead(rogue.port, rogue.port);
    await askPeer();
    const tls = ({ failure }: PeerRequest) => failure?.includes('CERTIFICATE_VERIFY_FAILED') ?? false;
    await until('it is noted', () => peerRequests().some(tls));
    expect(peerRequests().find(tls)).toMatchObject({
      peer: '127.0.0.1',
      content: null,
      connection: 0,
      status: 503,
      bytes: 0,
      flags: 'UF',
    });
  });

  it('and nobody is an answer at once', async () => {
    const port = await freePort();
    await lead(port, port);
    expect(await askPeer()).toMatchObject({ status: 503 });
    await expect(callPeer()).rejects.toThrow(CLOSED);
  });
});
