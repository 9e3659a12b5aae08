import type { AccessLogLine } from '../../src/mirror/contract/access-log-line';
import { line, nameless, notedOf, refused } from './harness/access-log';
import { DirectPair } from './harness/direct-pair';
import { blob, digest } from './harness/registry-requests';
import { ask, send } from './harness/request';

const LAYER = 'application/vnd.oci.image.layer.v1.tar';
const CONTENT = 'the bytes of a layer';
/** What docs/access-log.md promises. */
const LONGEST_LINE = 1500;

describe('by mutual TLS', () => {
  let pair: DirectPair;
  const pull = (path = blob, headers: object = {}, method = 'GET') =>
    ask(pair.near.listener('entry'), path, { method, headers: { accept: `${LAYER}, */*`, ...headers } });

  beforeAll(async () => {
    const stack = { accessLog: { refusedPercent: 100 } };
    pair = await DirectPair.start({ podUid: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0', stack });
  });
  beforeEach(() => {
    pair.reset();
    pair.there.set(digest, { type: LAYER, content: CONTENT });
  });
  afterAll(() => pair.stop());

  it('a layer is noted by the node that gets it and by the one that has it', async () => {
    let there: AccessLogLine[] = [];
    const here = await notedOf(pair.near, 1, async () => {
      there = await notedOf(pair.far, 2, pull);
    });
    expect(here).toEqual([line({ bytes: CONTENT.length, content: digest, peer: '127.0.0.1' })]);
    const peer = { listener: 'peers', identity: 'spiffe://cluster-1/ns/secured-mirror/peer', content: digest } as const;
    expect(there).toEqual([line({ ...peer, method: 'HEAD' }), line({ ...peer, bytes: CONTENT.length })]);
  });

  it('each verdict has its reason, and a name only what has the form of one', async () => {
    const serve = pair.far.registry.handler;
    const lines = await notedOf(pair.near, 8, async () => {
      await pull('/v2/team/private/manifests/v1?ns=ghcr.io');
      await pull('/v2/team/private/manifests/v1');
      await pull(`${blob}&token=planted-query`);
      await pull('/planted-path');
      await pull(blob, {}, 'POST');
      pair.far.registry.handler = (request, response) => {
        if (request.method === 'HEAD') return serve?.(request, response);
        response
          .writeHead(200, { 'content-length': 1000 })
          .write('a part', () => setTimeout(() => response.destroy(), 100));
      };
      await expect(pull()).rejects.toThrow();
      pair.far.registry.handler = serve;
      pair.there.clear();
      await pull();
      await pull(blob, { accept: 'application/json' });
    });
    expect(lines).toEqual([
      line({ ...refused, registry: 'ghcr.io', repository: 'team/private', reference: 'v1' }),
      line({ ...refused, registry: null, repository: 'team/private', reference: 'v1' }),
      line({ ...refused, ...nameless }),
      line({ ...refused, ...nameless }),
      line({ ...refused, status: 405, method: 'POST' }),
      line({
        verdict: 'failed',
        reason: expect.stringMatching(/^upstream_reset_after_response_started/),
        bytes: 6,
        flags: 'UPE',
        peer: '127.0.0.1',
      }),
      line({ verdict: 'not found', reason: 'lua_response', status: 404 }),
      line({ verdict: 'not found', status: 404 }),
    ]);
    expect(pair.near.envoy.log).not.toContain('planted');
  });

  it('no words of a caller can break a line, or be one', async () => {
    const forged = '","verdict":"served","repository":"forged';
    const get = `GET /v2/a/manifests/v1?ns=docker.io HTTP/1.1\r\nHost: mirror`;
    const to = (path: string) => get.replace('/v2/a/manifests/v1?ns=docker.io', path);
    const lines = await notedOf(pair.near, 8, async () => {
      for (const head of [
        to(`/v2/a${forged}/blobs/${digest}?ns=docker.io`),
        to(`/v2/a/manifests/v1?ns=${forged}`),
        to('/v2/a\\u0022%22%0a%0d{}/manifests/v1?ns=docker.io'),
        to('/v2/\xff\xfe\x80planted/manifests/v1?ns=docker.io&planted'),
        get.replace('mirror', forged),
        get.replace('GET', '"FORGED"'),
        `${get}\r\nX-Forwarded-For: 192.0.2.1${forged}\r\nX-Envoy-External-Address: 192.0.2.1\r\nReferer: ${forged}`,
        to(`/v2/${'a'.repeat(3000)}/manifests/${'b'.repeat(3000)}?ns=${'c'.repeat(3000)}`),
      ]) {
        await send(pair.near.listener('entry'), `${head}\r\n\r\n`);
      }
    });
    const { log } = pair.near.envoy;
    expect(log).not.toMatch(/planted|forged|192[.]0[.]2[.]1/);
    expect(new Set(lines.map(({ verdict, source }) => `${verdict} ${source}`))).toEqual(new Set(['refused 127.0.0.1']));
    expect(new Set(lines.map(({ repository }) => repository))).toEqual(new Set([null, 'a', 'a'.repeat(255)]));
    expect(Math.max(...log.split('\n').map((text) => text.length))).toBeLessThan(LONGEST_LINE);
  });
});
