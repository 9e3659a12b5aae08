import type { RequestListener } from 'node:http';
import { Agent } from 'node:https';
import { ports } from '../../src/mirror/contract/ports';
import { DirectPair } from './harness/direct-pair';
import { blob, digest } from './harness/registry-requests';
import { ask, type Target } from './harness/request';
import type { FakeSpegel } from './harness/spegel';
import { until } from './harness/until';

const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
const CONTENT = 'a layer '.repeat(40_000);

let pair: DirectPair;
let whole: Map<FakeSpegel, RequestListener | undefined>;

beforeAll(async () => {
  pair = await DirectPair.start({ podUid: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0' });
  const { near, far } = pair;
  whole = new Map([near, far].map(({ registry }) => [registry, registry.handler]));
});

beforeEach(() => pair.there.set(digest, { type: LAYER, content: CONTENT }));

afterEach(() => {
  for (const [registry, handler] of whole) registry.handler = handler;
  pair.reset();
});

afterAll(() => pair.stop());

const pull = (headers: object = {}, target: Target = pair.near.listener('entry')) =>
  ask(target, blob, { headers: { accept: `${LAYER}, */*`, ...headers } });

/** Has a Spegel that tells what it has answer in another way when it is asked for it. */
function answers(registry: FakeSpegel, handler: RequestListener): void {
  registry.handler = (request, response) =>
    request.method === 'HEAD' ? whole.get(registry)?.(request, response) : handler(request, response);
}

it.each([404, 503])('a peer whose refusal with %i never ends holds up no other request', async (status) => {
  let ended = false;
  answers(pair.far.registry, (_, response) => {
    const speaking = setInterval(() => response.write('words without an end'), 50);
    response.on('close', () => {
      clearInterval(speaking);
      ended = true;
    });
    response.writeHead(status).flushHeaders();
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const target = { ...pair.near.listener('entry'), agent };
  try {
    expect(await pull({}, target)).toMatchObject({ status, body: '' });
    pair.far.registry.handler = whole.get(pair.far.registry);
    expect(await pull({}, target)).toMatchObject({ status: 200, body: CONTENT });
    await until('the peer is let go', () => ended);
  } finally {
    agent.destroy();
  }
});

it.each([307, 401])('a peer that answers %i leads Spegel nowhere', async (status) => {
  pair.far.registry.handler = (_, response) => {
    const elsewhere = 'http://elsewhere.example.com/';
    response.writeHead(status, { location: elsewhere, 'www-authenticate': `Bearer realm="${elsewhere}"` }).end();
  };
  for (const method of ['HEAD', 'GET']) {
    const { headers, status: seen } = await ask({ port: pair.near.port(ports.egress.registry) }, blob, { method });
    expect(seen).toBe(status);
    expect(JSON.stringify(headers)).not.toContain('elsewhere');
  }
});

describe.each(['far', 'near'] as const)('the Spegel of the %s node that stops in the midst of a layer', (holder) => {
  it.each([
    ['all of it', {}, 200],
    ['a part of it', { range: 'bytes=10-' }, 206],
  ])('makes no end that looks like one: %s', async (_, headers, status) => {
    if (holder === 'near') pair.here.set(digest, { type: LAYER, content: CONTENT });
    const rest = CONTENT.slice(status === 206 ? 10 : 0);
    answers(pair[holder].registry, (_, response) => {
      const range = `bytes 10-${CONTENT.length - 1}/${CONTENT.length}`;
      const length = { 'content-length': rest.length, ...(status === 206 ? { 'content-range': range } : {}) };
      response.writeHead(status, length).write(rest.slice(0, 100_000), () => setTimeout(() => response.destroy(), 200));
    });
    await expect(pull(headers)).rejects.toThrow(/aborted|hang up|ECONNRESET/);
    expect(pair[holder].registry.last?.method).toBe('GET');
  });
});
