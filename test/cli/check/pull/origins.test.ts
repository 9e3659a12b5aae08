import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { originsOf, peerRequestsIn } from '../../../../src/cli/check/pull/origins';
import { logText, request } from './fake-pull';

const layer = { digest: 'sha256:1', bytes: 100 };
const sent = (peer: string, bytes: number, content: string | null = layer.digest) => request(peer, { content, bytes });

describe('where the bytes of a layer came from', () => {
  it('is the peers that sent it, and the registry for the rest', () => {
    const requests = [sent('a', 30), sent('b', 20), sent('a', 10), sent('c', 50, 'sha256:2'), sent('c', 50, null)];
    expect(originsOf([layer], requests)).toEqual([
      {
        ...layer,
        peers: [
          { peer: 'a', bytes: 40 },
          { peer: 'b', bytes: 20 },
        ],
        registry: 40,
      },
    ]);
  });

  it('is no peer whose answer Spegel threw away, as another was faster', () => {
    expect(originsOf([layer], [sent('slow', 60), sent('fast', 100)])[0]).toMatchObject({
      peers: [{ peer: 'fast', bytes: 100 }],
      registry: 0,
    });
  });

  it('is no peer that was only asked whether it has it', () => {
    expect(originsOf([layer], [sent('a', 0), sent('a', 100), sent('b', 0)])[0]).toMatchObject({
      peers: [{ peer: 'a', bytes: 100 }],
      registry: 0,
    });
  });

  it('adds up to the layer, whatever the log says', () => {
    const requests = fc.array(
      fc.record({
        peer: fc.constantFrom('a', 'b', 'c'),
        bytes: fc.nat(200),
        content: fc.constantFrom(layer.digest, null),
      }),
    );
    fc.assert(
      fc.property(requests, (some) => {
        const [origin] = originsOf(
          [layer],
          some.map(({ peer, bytes, content }) => sent(peer, bytes, content)),
        );
        const peers = origin?.peers.reduce((sum, { bytes }) => sum + bytes, 0) ?? -1;
        expect(peers + (origin?.registry ?? 0)).toBe(layer.bytes);
        expect(origin?.registry).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the log of a proxy', () => {
  it('has the requests to peers among other lines', () => {
    const requests = [sent('a', 30), request('b', { status: 503, connection: 0, flags: 'UF', failure: 'TLS_error' })];
    expect(peerRequestsIn(logText([...requests, { peer: 'c' }, { ...requests[0], bytes: 'many' }]))).toEqual(requests);
  });

  it('may have lines of the access log, which are no requests to peers', () => {
    const [, example = ''] = /```json\n(.*)\n```/.exec(readFileSync('docs/access-log.md', 'utf8')) ?? [];
    expect(JSON.parse(example)).toMatchObject({ peer: expect.any(String), content: expect.any(String) });
    expect(peerRequestsIn(example)).toEqual([]);
  });

  it('may be any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.json(), (text, json) => {
        expect(peerRequestsIn(`${text}\n${json}\n{${text}`)).toEqual([]);
      }),
    );
  });
});
