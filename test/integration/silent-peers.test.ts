import type { PeerRequest } from '../../src/mirror/contract/peer-request';
import { ports } from '../../src/mirror/contract/ports';
import { withClusters } from './harness/dialling';
import { DirectPair, type DirectPairOptions } from './harness/direct-pair';
import { blob, digest } from './harness/registry-requests';
import { ask } from './harness/request';
import { silence } from './harness/silence';
import { until } from './harness/until';

const LAYER = 'application/vnd.oci.image.layer.v1.tar';
const podUid = '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0';
/** What Envoy notes when the connection to a peer ends in the midst of a layer, and when a stream has made no progress for too long. */
const [CUT_OFF, WITHOUT_PROGRESS] = ['UPE', 'SI'];

let pairs: { asEmitted: DirectPair; withoutKeepalive: DirectPair };

beforeAll(async () => {
  const change: DirectPairOptions['change'] = (emitted) =>
    withClusters(emitted, ({ upstream_connection_options: _, ...cluster }) => cluster);
  // One after the other, as each takes free ports.
  pairs = {
    asEmitted: await DirectPair.start({ podUid }),
    withoutKeepalive: await DirectPair.start({ podUid, change }),
  };
});

afterAll(() => Promise.all(Object.values(pairs).map((pair) => pair.stop())));

/** Has the far node send a layer for ever, and pulls it on the near one. */
function pullEndless({ near, far, there }: DirectPair) {
  const sent = { bytes: 0 };
  there.set(digest, { type: LAYER, content: 'a layer' });
  const serve = far.registry.handler;
  far.registry.handler = (request, response) => {
    if (request.method === 'HEAD') return serve?.(request, response);
    const speaking = setInterval(() => {
      if (response.write('x'.repeat(10_000))) sent.bytes += 10_000;
    }, 20);
    response.on('close', () => clearInterval(speaking));
    response.writeHead(200, { 'docker-content-digest': digest, 'content-length': 2 ** 40 });
  };
  const pulled = ask(near.listener('entry'), blob, { headers: { accept: LAYER } });
  const flags = () =>
    near.envoy.log
      .split('\n')
      .filter((line) => line.startsWith('{"'))
      .map((line) => JSON.parse(line) as PeerRequest)
      .filter(({ bytes }) => bytes > 0)
      .map(({ flags }) => flags);
  return { pulled, sent, flags };
}

it('a peer that goes silent in the midst of a layer costs at most half of what it costs without keepalive', async () => {
  const names = ['asEmitted', 'withoutKeepalive'] as const;
  const pulls = names.map((name) => pullEndless(pairs[name]));
  await until('both are in the midst', () => pulls.every(({ sent }) => sent.bytes > 500_000));

  const speakAgain = silence(...names.map((name) => pairs[name].far.port(ports.listeners.peers)));
  try {
    const began = process.hrtime.bigint();
    const took = await Promise.all(
      pulls.map(async ({ pulled }) => {
        await expect(pulled).rejects.toThrow(/aborted|hang up|ECONNRESET/);
        return Number(process.hrtime.bigint() - began);
      }),
    );
    const [withIt = 0, without = 0] = took;
    expect(withIt / without).toBeLessThan(0.5);
    await until('both are noted', () => pulls.every(({ flags }) => flags().length > 0));
    expect(pulls.map(({ flags }) => flags())).toEqual([[CUT_OFF], [WITHOUT_PROGRESS]]);
  } finally {
    speakAgain();
  }
});
