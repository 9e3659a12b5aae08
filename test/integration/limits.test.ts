import type { Socket } from 'node:net';
import { Mirror } from './harness/mirror';
import { blob } from './harness/registry-requests';
import { ask, connect, isClosedTo } from './harness/request';
import { until } from './harness/until';

jest.setTimeout(60_000);

const requests = 16;
const connections = 256;

let mirror: Mirror;

beforeAll(async () => {
  mirror = await Mirror.start({ stack: { limits: { requests, connections, servedMebibytesPerSecond: 1 } } });
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
  const doors = ['entry', 'peers', 'metrics', 'router'] as const;
  const silent = doors.map(async (name) => closed(await connect({ port: mirror.door(name).port })));
  const slow = [...doors.slice(0, 3), 'health' as const].map(async (name) => {
    const socket = await connect(mirror.door(name));
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

it('Spegel gets no more requests at once than it is to bear, and its probes pass', async () => {
  mirror.registry.behaviour = 'silence';
  const target = mirror.door('entry');
  const statuses: number[] = [];
  const asked = [...Array(3 * requests)].map(async () => statuses.push((await ask(target, blob)).status));
  await until('Spegel is full', () => mirror.registry.seen.length >= requests);
  await until('the rest is refused', () => statuses.length >= requests);

  // Envoy's two workers count side by side.
  expect(mirror.registry.seen.length).toBeLessThanOrEqual(requests + 1);
  expect(new Set(statuses)).toEqual(new Set([503]));
  mirror.registry.behaviour = 'content';
  expect(await ask(mirror.door('health'), '/readyz')).toMatchObject({ status: 200 });

  mirror.registry.hangUp();
  await Promise.all(asked);
  await until('Spegel is asked again', async () => (await ask(target, blob)).status === 200);
});

it('the proxy holds no more connections than it is to bear, and its probes pass', async () => {
  const target = mirror.door('entry');
  const held = await Promise.all([...Array(connections)].map(() => connect({ port: target.port })));
  const gone = held.map(closed);
  await until('the proxy is full', () => isClosedTo(target, blob));

  expect(await mirror.envoy.stat(`listener.127.0.0.1_${target.port}.downstream_global_cx_overflow`)).toBeGreaterThan(0);
  expect(await ask(mirror.door('health'), '/healthz')).toMatchObject({ status: 200 });
  expect(await ask(mirror.door('health'), '/readyz')).toMatchObject({ status: 200 });

  for (const socket of held) {
    socket.destroy();
  }
  await Promise.all(gone);
  await until('the proxy takes connections again', async () => (await ask(target, blob)).status === 200);
});

it('peers are served as fast as is allowed', async () => {
  mirror.registry.behaviour = 'bulk';
  const begin = Date.now();
  const { body } = await ask(mirror.door('peers'), blob);

  expect(body).toHaveLength(4 * 1024 * 1024);
  // What is saved up comes at once; the rest takes a second for each MiB.
  expect(Date.now() - begin).toBeGreaterThan(2000);
});
