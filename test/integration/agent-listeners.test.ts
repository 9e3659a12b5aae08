import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DynamicFile, fileName } from '../../src/mirror/contract/dynamic-files';
import { COUNTERS_PATH, PUBLISHED_PATH, usageCounters } from '../../src/mirror/contract/http';
import { ports } from '../../src/mirror/contract/ports';
import { contractFile } from '../../src/mirror/node-agent/contract-file';
import { Authentication } from '../../src/mirror/props/authentication-props';
import { authorization, filesFor, filesForMetrics, report, type User } from './harness/dynamic-files';
import { Mirror } from './harness/mirror';
import { Pair } from './harness/pair';
import { blob } from './harness/registry-requests';
import { ask } from './harness/request';
import { until } from './harness/until';

const old: User = { name: 'mi"rr\\or.00000001', password: 'old' };
const young: User = { name: 'mirror.00000002', password: 'young' };
const scraper: User = { name: 'scraper.00000003', password: 'other' };
/** Bytes of a large answer. */
const BULK = 4 * 1024 * 1024;
const basic = { credential: { secret: 'mirror-credential' } };

/** Counters as the node agent reads them. */
async function counts(mirror: Mirror): Promise<{ [name: string]: number }> {
  const { status, body } = await ask({ port: mirror.port(ports.agent.counters) }, COUNTERS_PATH);
  expect(status).toBe(200);
  const { stats }: { stats: { name: string; value: number }[] } = JSON.parse(body);
  return Object.fromEntries(stats.map(({ name, value }) => [name, value]));
}

/** The two sums that the node agent's own script makes of them. */
async function sums(mirror: Mirror): Promise<string> {
  const folder = join(__dirname, '../../src/mirror/node-agent');
  const script = `set -u; here=$0; . "$0/settings.sh"; . "$0/counters.sh"
    load_contract <<<"$CONTRACT"; fetch_counters old refused && echo "$old $refused"`;
  const { stdout } = await promisify(execFile)('bash', ['--norc', '-c', script, folder], {
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      CONTRACT: contractFile().trimEnd(),
      MIRROR_CONTRACT: '/dev/fd/0',
      MIRROR_READY_HOST: '127.0.0.1',
      MIRROR_COUNTERS_SECONDS: '60',
      MIRROR_COUNTERS_PORT: `${mirror.port(ports.agent.counters)}`,
      MIRROR_COUNTERS_PATH: COUNTERS_PATH,
    },
  });
  return stdout;
}

describe('the counters that the node agent reads', () => {
  let pair: Pair;

  beforeAll(async () => {
    pair = await Pair.start(Authentication.basic(basic), { user: young }, filesFor([old, young], ['00000001']));
  });
  afterAll(() => pair.stop());

  it.each(['entry', 'peers'] as const)('count requests with an old version at %s', async (listener) => {
    const name = `http.${listener}.rbac.old_.shadow_allowed`;
    const before = (await counts(pair.far))[name] ?? 0;
    const askAs = (user: User) =>
      ask({ port: pair.far.port(ports.listeners[listener]) }, blob, {
        headers: { authorization: authorization(user) },
      });
    expect((await askAs(young)).status).toBe(200);
    expect((await counts(pair.far))[name] ?? 0).toBe(before);
    expect((await askAs(old)).status).toBe(200);
    const now = await counts(pair.far);
    expect(now[name]).toBe(before + 1);
    const all = Object.entries(now).filter(([counter]) => counter.endsWith('.rbac.old_.shadow_allowed'));
    expect(await sums(pair.far)).toBe(`${all.reduce((sum, [, value]) => sum + value, 0)} 0\n`);
  });

  it("count a peer's refusals", async () => {
    const { near, far } = pair;
    const egress = { port: near.port(ports.egress.registry) };
    expect((await ask(egress, blob)).status).toBe(200);
    expect((await counts(near))['cluster.peer-registry.upstream_rq_401'] ?? 0).toBe(0);
    far.envoy.write(filesFor([old]));
    await until('it is refused', async () => (await ask(egress, blob)).status === 401);
    const refused = (await counts(near))['cluster.peer-registry.upstream_rq_401'];
    expect(refused).toBeGreaterThan(0);
    expect(await sums(near)).toBe(`0 ${refused}\n`);
  });

  it('have one that grows with each answer, so that a proxy which began anew is known by it', async () => {
    const connections = async () => {
      await sums(pair.near);
      return (await counts(pair.near))[usageCounters.answers] ?? 0;
    };
    const before = await connections();
    expect(before).toBeGreaterThan(0);
    expect(await connections()).toBeGreaterThan(before);
  });

  it('are all that is to be had there', async () => {
    const at = (path: string, method = 'GET') => ask({ port: pair.near.port(ports.agent.counters) }, path, { method });
    for (const path of ['/', '/stats', '/counts/', '/counts?filter=.', '/config_dump', '/quitquitquit']) {
      expect((await at(path)).status).toBe(404);
    }
    expect((await at(COUNTERS_PATH, 'POST')).status).toBe(404);
  });
});

describe('requests at the entry', () => {
  const stack = { registries: ['docker.io', 'ghcr.io', '_default'] };
  const authentications = {
    'mutual TLS': { stack, filesOf: undefined, headers: {} },
    basic: {
      stack: { ...stack, authentication: Authentication.basic(basic), metrics: undefined },
      filesOf: filesFor([young]),
      headers: { authorization: authorization(young) },
    },
  };
  const requests = async (mirror: Mirror) => {
    const all = await counts(mirror);
    const { before, after } = usageCounters.requests;
    const named = ['docker.io', 'ghcr.io', '_default'].map((registry) => all[`${before}${registry}${after}`] ?? 0);
    return [...named, all[usageCounters.otherRequests]];
  };

  it.each(Object.entries(authentications))('are counted by registry with %s, also the refused', async (_, method) => {
    const mirror = await Mirror.start({ stack: method.stack, dynamicFiles: method.filesOf });
    try {
      const entry =
        method.filesOf === undefined ? mirror.listener('entry') : { port: mirror.port(ports.listeners.entry) };
      const status = async (path: string, headers = method.headers) => (await ask(entry, path, { headers })).status;
      expect(await requests(mirror)).toEqual([0, 0, 0, 0]);
      expect(await status(blob)).toBe(200);
      expect(await requests(mirror)).toEqual([1, 0, 0, 0]);
      // Those that the proxy answers with 404 itself.
      expect(await status('/v2/library/tool/manifests/latest?ns=docker.io')).toBe(404);
      expect(await status('/v2/?a=b&ns=ghcr.io&c=d')).toBe(404);
      expect(await requests(mirror)).toEqual([2, 1, 0, 0]);
      for (const ns of ['', 'docker.io.', 'xdocker.io', 'dockerxio', 'quay.io', '_default']) {
        expect(await status(`/v2/?ns=${ns}`)).toBe(404);
      }
      expect(await status('/v2/')).toBe(404);
      expect(await requests(mirror)).toEqual([2, 1, 0, 7]);
      if (method.filesOf) {
        expect(await status(blob, { authorization: 'Basic Og==' })).toBe(404);
        expect(await requests(mirror)).toEqual([3, 1, 0, 7]);
      }
      const { [usageCounters.entryBytes]: bytes = 0 } = await counts(mirror);
      expect(bytes).toBeGreaterThan(7 * 100);
      // The filter itself refuses nothing.
      expect((await mirror.envoy.stats(/^http[.]entry[.]rbac[.](allowed|denied)$/))['http.entry.rbac.denied']).toBe(0);
    } finally {
      await mirror.stop();
    }
  });

  it('and bytes are counted between peers', async () => {
    const pair = await Pair.start(Authentication.basic(basic), { user: young }, filesFor([young]));
    try {
      const { near, far } = pair;
      far.registry.behaviour = 'bulk';
      expect((await ask({ port: near.port(ports.egress.registry) }, blob)).status).toBe(200);
      const { [usageCounters.peerBytes]: received = 0 } = await counts(near);
      const { [usageCounters.servedBytes]: served = 0 } = await counts(far);
      for (const bytes of [received, served]) {
        expect(bytes).toBeGreaterThan(BULK);
        expect(bytes).toBeLessThan(BULK + 1000);
      }
    } finally {
      await pair.stop();
    }
  });
});

it("shows the node agent's report at the listener for metrics, to the user of scrapers", async () => {
  const mirror = await Mirror.start({
    stack: {
      authentication: Authentication.basic(basic),
      metrics: { from: [{ namespace: 'monitoring' }], credentialSecret: 'mirror-metrics-credential' },
    },
    dynamicFiles: filesForMetrics([scraper]),
  });
  try {
    const listener = { port: mirror.port(ports.listeners.metrics) };
    const headers = { authorization: authorization(scraper) };
    expect(await ask(listener, '/metrics/agent', { headers })).toMatchObject({
      status: 200,
      body: 'nothing to report\n',
    });
    expect((await ask(listener, '/metrics/agent')).status).toBe(401);
    expect((await ask(listener, '/counts', { headers })).status).toBe(404);
    expect((await ask(listener, PUBLISHED_PATH, { headers })).status).toBe(404);
  } finally {
    await mirror.stop();
  }
});

it("tells the kubelet and the pod's own containers whether the mirror is in use, as the node agent says", async () => {
  const mirror = await Mirror.start();
  const published = async () => (await ask({ port: mirror.port(ports.agent.report) }, PUBLISHED_PATH)).status;
  try {
    expect(await published()).toBe(503);
    mirror.envoy.write({ [fileName(DynamicFile.REPORT)]: report('all of them\n', '200') });
    await until('the proxy says so', async () => (await published()) === 200);
    expect(await ask(mirror.listener('health'), PUBLISHED_PATH)).toMatchObject({ status: 200, body: '' });
    for (const listener of ['entry', 'peers'] as const) {
      expect((await ask(mirror.listener(listener), PUBLISHED_PATH)).status).toBe(404);
    }
  } finally {
    await mirror.stop();
  }
});
