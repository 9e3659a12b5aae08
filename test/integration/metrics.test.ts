import { metricsIn, queries } from '../monitoring/dashboard-queries';
import { Mirror } from './harness/mirror';
import { blob } from './harness/registry-requests';
import { ask } from './harness/request';

let mirror: Mirror;

beforeAll(async () => {
  mirror = await Mirror.start();
});

afterEach(() => mirror.reset());

afterAll(() => mirror.stop());

it("/metrics are Spegel's", async () => {
  expect(await ask(mirror.listener('metrics'), '/metrics')).toMatchObject({
    status: 200,
    body: 'metrics answers /metrics',
  });
  expect(mirror.metrics.seen).toMatchObject([{ method: 'GET', url: '/metrics' }]);
});

it("/metrics/proxy are the proxy's, for Prometheus", async () => {
  const { status, body } = await ask(mirror.listener('metrics'), '/metrics/proxy');
  expect(status).toBe(200);
  expect(body).toMatch(/^# TYPE envoy_listener_ssl_fail_verify_san counter$/m);
  expect(mirror.metrics.seen).toEqual([]);
});

it('the proxy reports what the dashboard reads of it', async () => {
  const { body } = await ask(mirror.listener('metrics'), '/metrics/proxy');
  const read = [...new Set(queries.flatMap(({ expr }) => metricsIn(expr)))].filter((name) => name.startsWith('envoy_'));
  expect(read.length).toBeGreaterThan(1);
  for (const name of read) expect(body).toMatch(new RegExp(`^${name}[{].*envoy_http_conn_manager_prefix="entry"`, 'm'));
});

it.each([
  '/',
  '/metrics/',
  '/Metrics',
  '/metrics/proxy/',
  '/metrics/proxy/config_dump',
  '/metrics/../debug/pprof/',
  '/metrics/%2e%2e/debug/pprof/',
  '/metrics/proxy/../../quitquitquit',
  '/debug/pprof/',
  '/debug/pprof/heap',
  '/debug/pprof/profile?seconds=30',
  '/debug/web/',
  '/stats',
  '/stats/prometheus',
  '/config_dump',
  '/certs',
  '/memory',
  '/quitquitquit',
  '/readyz',
  '/v2/',
  blob,
])('nothing else: %s', async (path) => {
  for (const method of ['GET', 'HEAD', 'POST']) {
    expect(await ask(mirror.listener('metrics'), path, { method })).toMatchObject({ status: 404, body: '' });
  }
  expect([...mirror.metrics.seen, ...mirror.registry.seen]).toEqual([]);
  expect(mirror.envoy.runs).toBe(true);
});

it.each(['/metrics', '/metrics/proxy'])('%s is only read', async (path) => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
    expect(await ask(mirror.listener('metrics'), path, { method })).toMatchObject({ status: 404, body: '' });
  }
  expect(mirror.metrics.seen).toEqual([]);
});

it.each(['/metrics%2fproxy', '/metrics%2f..%2fdebug', '/metrics%5cproxy'])('malformed: %s', async (path) => {
  expect(await ask(mirror.listener('metrics'), path)).toMatchObject({ status: 400 });
  expect(mirror.metrics.seen).toEqual([]);
});
