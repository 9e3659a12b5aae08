import { Mirror } from './harness/mirror';
import { blob } from './harness/registry-requests';
import { ask, connectTls, send } from './harness/request';
import { until } from './harness/until';

let mirror: Mirror;

beforeAll(async () => {
  mirror = await Mirror.start();
});

afterEach(() => mirror.reset());

afterAll(() => mirror.stop());

it.each(['/readyz', '/livez'])("%s is Spegel's answer", async (path) => {
  expect(await ask(mirror.listener('health'), path)).toMatchObject({ status: 200 });
  expect(mirror.registry.seen).toMatchObject([{ method: 'GET', url: path }]);

  mirror.registry.behaviour = 'failure';
  expect(await ask(mirror.listener('health'), path)).toMatchObject({ status: 503 });
});

it("/healthz is the proxy's own", async () => {
  expect(await ask(mirror.listener('health'), '/healthz')).toMatchObject({ status: 200, body: '' });
  expect(mirror.registry.seen).toEqual([]);
});

it('a Spegel that hangs is not ready, but the proxy is alive', async () => {
  mirror.registry.behaviour = 'silence';
  const [ready, alive, proxy] = await Promise.all(
    ['/readyz', '/livez', '/healthz'].map((path) => ask(mirror.listener('health'), path)),
  );
  expect([ready, alive, proxy]).toMatchObject([504, 504, 200].map((status) => ({ status, body: '' })));
});

it.each(['/readyz', '/livez'])('%s has no word for a Spegel that hangs up', async (path) => {
  mirror.registry.behaviour = 'silence';
  const answer = ask(mirror.listener('health'), path);
  await until('Spegel is asked', () => mirror.registry.seen.length > 0);
  mirror.registry.hangUp();
  expect(await answer).toMatchObject({ status: 503, body: '' });
});

it.each([
  { what: 'no HTTP', bytes: 'MIRROR\r\n\r\n' },
  { what: 'HTTP/2', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' },
  { what: 'HTTP/1.0', bytes: 'GET /readyz HTTP/1.0\r\n\r\n' },
  { what: 'no host', bytes: 'GET /readyz HTTP/1.1\r\n\r\n' },
  { what: 'an escaped slash', bytes: 'GET /v2%2fx HTTP/1.1\r\nHost: mirror\r\n\r\n' },
  { what: 'an underscore', bytes: 'GET /readyz HTTP/1.1\r\nHost: mirror\r\nx_y: 1\r\n\r\n' },
  { what: 'large headers', bytes: `GET /readyz HTTP/1.1\r\nHost: mirror\r\nx: ${'x'.repeat(17 * 1024)}\r\n\r\n` },
  { what: 'many headers', bytes: `GET /readyz HTTP/1.1\r\nHost: mirror\r\n${'x: 1\r\n'.repeat(65)}\r\n` },
  { what: 'a tunnel', bytes: 'CONNECT mirror:5000 HTTP/1.1\r\nHost: mirror\r\n\r\n' },
  {
    what: 'another protocol',
    bytes: 'GET /x HTTP/1.1\r\nHost: mirror\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
  },
  {
    what: 'two lengths',
    bytes: 'POST /x HTTP/1.1\r\nHost: m\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  },
])('says of itself no more than a status: $what', async ({ bytes }) => {
  const [head = '', body] = (await send(mirror.listener('health'), bytes)).split('\r\n\r\n');
  expect(body).toBe('');
  expect(head).toMatch(/^HTTP\/1[.]1 [45][0-9]{2} /);
  expect(head).not.toMatch(/envoy/i);
  expect(mirror.registry.seen).toEqual([]);
});

it.each([
  '/',
  '/readyz/',
  '/livez/x',
  '/Readyz',
  '/readyz/../v2/',
  '/healthz/../metrics',
  '/published/',
  '/published/../metrics/agent',
  '/v2/',
  '/v2/_catalog',
  '/v2/library/alpine/manifests/latest?ns=docker.io',
  blob,
  '/metrics',
  '/debug/pprof/',
  '/stats',
  '/config_dump',
  '/quitquitquit',
])('nothing else: %s', async (path) => {
  for (const method of ['GET', 'HEAD', 'POST']) {
    expect(await ask(mirror.listener('health'), path, { method })).toMatchObject({ status: 404, body: '' });
  }
  expect([...mirror.registry.seen, ...mirror.metrics.seen]).toEqual([]);
  expect(mirror.envoy.runs).toBe(true);
});

it.each(['/readyz', '/livez', '/healthz', '/published'])('%s is only read', async (path) => {
  for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
    expect(await ask(mirror.listener('health'), path, { method })).toMatchObject({ status: 404, body: '' });
  }
  expect(mirror.registry.seen).toEqual([]);
});

it('asks Spegel once, whatever Envoy headers ask for', async () => {
  mirror.registry.behaviour = 'failure';
  const headers = { 'x-envoy-retry-on': '5xx', 'x-envoy-max-retries': '100' };
  expect(await ask(mirror.listener('health'), '/readyz', { headers })).toMatchObject({ status: 503 });
  expect(mirror.registry.seen).toHaveLength(1);
});

it('speaks no TLS', async () => {
  await expect(connectTls(mirror.listener('health'))).rejects.toThrow(/wrong version number|packet length/i);
});
