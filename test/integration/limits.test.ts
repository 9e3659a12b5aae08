import type { Socket } from 'node:net';
import { DynamicFile, fileName } from '../../src/mirror/contract/dynamic-files';
import { PUBLISHED_PATH } from '../../src/mirror/contract/http';
import { report } from './harness/dynamic-files';
import { Mirror } from './harness/mirror';
import { blob } from './harness/registry-requests';
import { type Answer, ask, connect } from './harness/request';
import { until } from './harness/until';

const requests = 16;
const connections = 256;
/** The entry's limit for a source, of which it bears two. */
const entryConnections = 64;

let mirror: Mirror;

beforeAll(async () => {
  mirror = await Mirror.start({
    stack: {
      limits: { requests, connections, entryConnections, servedMebibytesPerSecond: 1, fetchedMebibytesPerSecond: 1 },
    },
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

const budgets = { entry: 2 * entryConnections, peers: connections, router: 2 * requests, metrics: 256 };

it.each(Object.entries(budgets))(
  '%s holds no more connections than it is to bear, and others take theirs',
  async (name, budget) => {
    const target = mirror.listener(name as keyof typeof budgets);
    const held = await Promise.all([...Array(budget)].map(() => connect({ port: target.port })));
    const gone = held.map(closed);
    const overflow = `listener.127.0.0.1_${target.port}.downstream_cx_overflow`;
    await until('it is full', async () => {
      await connect({ port: target.port }).then(closed);
      return (await mirror.envoy.stat(overflow)) > 0;
    });

    const others = (['entry', 'peers'] as const).filter((other) => other !== name);
    for (const other of others) expect(await ask(mirror.listener(other), blob)).toMatchObject({ status: 200 });
    for (const path of ['/healthz', '/readyz', PUBLISHED_PATH]) {
      expect(await ask(mirror.listener('health'), path)).toMatchObject({ status: 200 });
    }

    for (const socket of held) socket.destroy();
    await Promise.all(gone);
    const active = `listener.127.0.0.1_${target.port}.downstream_cx_active`;
    await until('it takes connections again', async () => (await mirror.envoy.stat(active)) === 0);
  },
);

it('a connection to the health listener ends after one answer, and soon without one', async () => {
  const { headers } = await ask(mirror.listener('health'), '/healthz', { headers: { connection: 'keep-alive' } });
  expect(headers.connection).toBe('close');
  await closed(await connect(mirror.listener('health')));
});

it.each(['peers', 'entry'] as const)('%s: layers come as fast as is allowed', async (name) => {
  mirror.registry.behaviour = 'bulk';
  const begin = Date.now();
  const { body } = await ask(mirror.listener(name), blob);

  expect(body).toHaveLength(4 * 1024 * 1024);
  // What is saved up comes at once; the rest takes a second for each MiB.
  expect(Date.now() - begin).toBeGreaterThan(2000);
});
