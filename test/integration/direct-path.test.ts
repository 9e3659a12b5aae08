import type { PeerRequest } from '../../src/mirror/contract/peer-request';
import { DirectPair } from './harness/direct-pair';
import { blob, digest } from './harness/registry-requests';
import { ask } from './harness/request';
import { until } from './harness/until';

jest.setTimeout(300_000);

const UID = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
const CONTENT = 'the bytes of a layer, which are the same wherever they come from';
/** As containerd asks. */
const accept = `${LAYER}, */*`;

let pair: DirectPair;

beforeAll(async () => {
  pair = await DirectPair.start({ podUid: UID });
});

beforeEach(() => {
  pair.reset();
  pair.there.set(digest, { type: LAYER, content: CONTENT });
});

afterAll(() => pair.stop());

const pull = (headers: object = {}, method = 'GET') =>
  ask(pair.near.listener('entry'), blob, { method, headers: { accept, ...headers } });

/** What each Spegel was asked: method, and range if any. */
const asked = () =>
  [pair.near, pair.far].map(({ registry }) =>
    registry.seen.map(({ method, headers }) => [method, ...(headers.range ? [headers.range] : [])].join(' ')),
  );

const noted = (): PeerRequest[] =>
  pair.near.envoy.log.split('\n').flatMap((line) => (line.startsWith('{"') ? [JSON.parse(line)] : []));

describe('a layer', () => {
  it('comes from the peer, and its Spegel is only asked where it is', async () => {
    expect(await pull()).toMatchObject({
      status: 200,
      body: CONTENT,
      headers: { 'content-type': LAYER, 'docker-content-digest': digest, 'content-length': `${CONTENT.length}` },
    });
    expect(asked()).toEqual([['HEAD'], ['HEAD', 'GET']]);
  });

  it('comes in pieces, too', async () => {
    const { status, body, headers } = await pull({ range: 'bytes=10-' });
    expect([status, body]).toEqual([206, CONTENT.slice(10)]);
    expect(headers['content-range']).toBe(`bytes 10-${CONTENT.length - 1}/${CONTENT.length}`);
    expect(asked()).toEqual([['HEAD'], ['HEAD', 'GET bytes=10-']]);
  });

  it('is served by Spegel where the node has it', async () => {
    pair.here.set(digest, { type: LAYER, content: CONTENT });
    expect(await pull()).toMatchObject({ status: 200, body: CONTENT });
    expect(asked()).toEqual([['HEAD', 'GET'], []]);
  });

  it('is not there', async () => {
    pair.there.clear();
    expect(await pull()).toMatchObject({ status: 404, body: '' });
    expect(asked()).toEqual([['HEAD'], ['HEAD']]);
  });

  it('is noted once, with the peer and its bytes', async () => {
    await pull();
    const whole = ({ content, bytes }: PeerRequest) => content === digest && bytes === CONTENT.length;
    await until('it is noted', () => noted().some(whole));
    expect(noted().find(whole)).toEqual({
      peer: '127.0.0.1',
      connection: expect.any(Number),
      content: digest,
      status: 200,
      bytes: CONTENT.length,
      flags: '-',
      failure: null,
    });
  });
});
