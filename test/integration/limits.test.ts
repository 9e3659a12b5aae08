import type { Socket } from 'node:net';
import { DynamicFile, fileName } from '../../src/mirror/contract/dynamic-files';
import { PUBLISHED_PATH } from '../../src/mirror/contract/http';
import { report } from './harness/dynamic-files';
import { Mirror } from './harness/mirror';
import { blob } from './harness/registry-requests';
import { type Answer, ask, connect, isClosedTo } from './harness/request';
import { until } from './harness/until';

jest.setTimeout(300_000);

const requests = 16;
const connections = 256;

let mirror: Mirror;

beforeAll(async () => {
  mirror = await Mirror.start({
    stack: { limits: { requests, connections, servedMebibytesPerSecond: 1 } },
    dynamicFiles: { [fileName(DynamicFile.REPORT)]: report('all of them\n', '200') },
  });
});

afterEach(() => mirror.reset());

afterAll(() => mirror.stop());

/** Waits until the other side closes. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve());
    socket.resume();
  });
}

it('who is slow or says nothing is cut off', async () => {
  const listeners = ['entry', 'peers', 'metrics', 'router'] as const;
  const silent = listeners.map(async (name) => closed(await connect({ port: mirror.listener(name).port })));
  const slow = [...listeners.slice(0, 3), 'health' as const].map(async (name) => {
    const socket = await connect(mirror.listener(name));
    socket.write('GET / HTTP/1.1\r\nHost: mir');
    return closed(socket);
  });
  await Promise.all([...silent, ...slow]);

  expect(await mirror.envoy.stats(/^http[.].*[.]downstream_rq_header_timeout$/)).toMatchObject({
    'http.entry.downstream_rq_header_timeout': 1,
    'http.health.downstream_rq_header_timeout': 1,
    'http.metrics.downstream_rq_header_timeout': 1,
    'http.peers.downstream_rq_header_timeout': 1,
  });
  expect(mirror.registry.seen).toEqual([]);
});

it.each(['entry', 'peers'] as const)(
  '%s: what is over the limit of requests is refused at once, and probes pass',
  async (name) => {
    mirror.registry.behaviour = 'silence';
    const target = mirror.listener(name);
    const refused: Answer[] = [];
    let hungUp = false;
    const asked = [...Array(3 * requests)].map(async () => {
      const answer = await ask(target, blob);
      if (!hungUp) {
        refused.push(answer);
      }
    });
    // None waits for those that Spegel holds.
    await until('all others are refused', () => mirror.registry.seen.length + refused.length === asked.length);
    // Envoy's two workers count side by side: one more may get through.
    expect([requests, requests + 1]).toContain(mirror.registry.seen.length);
    for (const { status, body, headers } of refused) {
      expect({ status, body, challenge: headers['www-authenticate'] }).toEqual({ status: 503, body: '' });
    }
    mirror.registry.behaviour = 'content';
    expect(await ask(mirror.listener('health'), '/readyz')).toMatchObject({ status: 200 });

    hungUp = true;
    mirror.registry.hangUp();
    await Promise.all(asked);
    await until('Spegel is asked again', async () => (await ask(target, blob)).status === 200);
  },
);

it("what is over the limit of connections to Spegel's router is closed at once", async () => {
  const open: Socket[] = [];
  let closings = 0;
  for (let i = 0; i < 2 * requests; i++) {
    const socket = await connect(mirror.listener('router'));
    open.push(socket);
    void closed(socket).then(() => closings++);
  }
  await until('all others are closed', () => closings >= requests - 1);
  expect(mirror.router.connections).toBeGreaterThanOrEqual(requests);
  expect(mirror.router.connections).toBeLessThanOrEqual(requests + 1);
  for (const socket of open) {
    socket.destroy();
  }
  // They count among all connections until the proxy has noticed.
  const active = `listener.127.0.0.1_${mirror.listener('router').port}.downstream_cx_active`;
  await until('they are gone', async () => (await mirror.envoy.stat(active)) === 0);
});

it('the proxy holds no more connections than it is to bear, and its probes pass', async () => {
  const target = mirror.listener('entry');
  const held = await Promise.all([...Array(connections)].map(() => connect({ port: target.port })));
  const gone = held.map(closed);
  await until('the proxy is full', () => isClosedTo(target, blob));

  expect(await mirror.envoy.stat(`listener.127.0.0.1_${target.port}.downstream_global_cx_overflow`)).toBeGreaterThan(0);
  expect(await ask(mirror.listener('health'), '/healthz')).toMatchObject({ status: 200 });
  expect(await ask(mirror.listener('health'), '/readyz')).toMatchObject({ status: 200 });
  expect(await ask(mirror.listener('health'), PUBLISHED_PATH)).toMatchObject({ status: 200 });

  for (const socket of held) {
    socket.destroy();
  }
  await Promise.all(gone);
  await until('the proxy takes connections again', async () => (await ask(target, blob)).status === 200);
});

it('peers are served as fast as is allowed', async () => {
  mirror.registry.behaviour = 'bulk';
  const begin = Date.now();
  const { body } = await ask(mirror.listener('peers'), blob);

  expect(body).toHaveLength(4 * 1024 * 1024);
  // What is saved up comes at once; the rest takes a second for each MiB.
  expect(Date.now() - begin).toBeGreaterThan(2000);
});
