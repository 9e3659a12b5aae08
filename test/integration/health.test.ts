import { Mirror } from './harness/mirror';
import { blob } from './harness/registry-requests';
import { ask, connectTls } from './harness/request';

jest.setTimeout(60_000);

let mirror: Mirror;

beforeAll(async () => {
  mirror = await Mirror.start();
});

afterEach(() => mirror.reset());

afterAll(() => mirror.stop());

it.each(['/readyz', '/livez'])("%s is Spegel's answer", async (path) => {
  expect(await ask(mirror.door('health'), path)).toMatchObject({ status: 200 });
  expect(mirror.registry.seen).toMatchObject([{ method: 'GET', url: path }]);

  mirror.registry.behaviour = 'failure';
  expect(await ask(mirror.door('health'), path)).toMatchObject({ status: 503 });
});

it("/healthz is the proxy's own", async () => {
  expect(await ask(mirror.door('health'), '/healthz')).toMatchObject({ status: 200, body: '' });
  expect(mirror.registry.seen).toEqual([]);
});

it('a Spegel that hangs is not ready, but the proxy is alive', async () => {
  mirror.registry.behaviour = 'silence';
  const [ready, alive, proxy] = await Promise.all(
    ['/readyz', '/livez', '/healthz'].map((path) => ask(mirror.door('health'), path)),
  );
  expect([ready?.status, alive?.status, proxy?.status]).toEqual([504, 504, 200]);
});

it.each([
  '/',
  '/readyz/',
  '/livez/x',
  '/Readyz',
  '/readyz/../v2/',
  '/healthz/../metrics',
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
    expect(await ask(mirror.door('health'), path, { method })).toMatchObject({ status: 404, body: '' });
  }
  expect([...mirror.registry.seen, ...mirror.metrics.seen]).toEqual([]);
  expect(mirror.envoy.runs).toBe(true);
});

it.each(['/readyz', '/livez', '/healthz'])('%s is only read', async (path) => {
  for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
    expect(await ask(mirror.door('health'), path, { method })).toMatchObject({ status: 404, body: '' });
  }
  expect(mirror.registry.seen).toEqual([]);
});

it('asks Spegel once, whatever Envoy headers ask for', async () => {
  mirror.registry.behaviour = 'failure';
  const headers = { 'x-envoy-retry-on': '5xx', 'x-envoy-max-retries': '100' };
  expect(await ask(mirror.door('health'), '/readyz', { headers })).toMatchObject({ status: 503 });
  expect(mirror.registry.seen).toHaveLength(1);
});

it('speaks no TLS', async () => {
  await expect(connectTls(mirror.door('health'))).rejects.toThrow(/wrong version number|packet length/i);
});
