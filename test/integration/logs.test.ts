import { ports } from '../../src/mirror/contract/ports';
import { Authentication } from '../../src/mirror/props/authentication-props';
import { authorization, filesFor, filesForMetrics, type User } from './harness/dynamic-files';
import type { Emitted } from './harness/emitted';
import { Mirror } from './harness/mirror';
import { blob } from './harness/registry-requests';
import { ask } from './harness/request';
import { until } from './harness/until';

jest.setTimeout(300_000);

const user: User = { name: 'mirror.00000001', password: 'planted-password-of-the-mirror' };
const scraper: User = { name: 'scraper', password: 'planted-password-of-scrapers' };

const atLevel =
  (level: string) =>
  (emitted: Emitted): Emitted => ({
    ...emitted,
    command: emitted.command.map((word) => (word === 'warning' ? level : word)),
  });

// At level trace Envoy shows bytes as they come; nobody should run it so for longer than a look takes.
it.each(['info', 'debug'])('the proxy shows no credential in its log at level %s', async (level) => {
  const mirror = await Mirror.start({
    stack: {
      authentication: Authentication.basic({ credential: { secret: 'mirror-credential' } }),
      metrics: { from: [{ namespace: 'monitoring' }], credentialSecret: 'mirror-metrics-credential' },
    },
    dynamicFiles: { ...filesFor([user], ['00000000']), ...filesForMetrics([scraper]) },
    change: atLevel(level),
  });
  try {
    const shown = [user, scraper, { name: 'stranger', password: 'planted-password-of-a-stranger' }];
    for (const who of shown) {
      const headers = { authorization: authorization(who) };
      await ask({ port: mirror.port(ports.listeners.entry) }, blob, { headers });
      await ask({ port: mirror.port(ports.listeners.peers) }, blob, { headers });
      await ask({ port: mirror.port(ports.listeners.metrics) }, '/metrics', { headers });
      await ask({ port: mirror.port(ports.egress.registry) }, blob, { headers });
    }
    await until('it logs', () => mirror.envoy.log.includes(`[${level}]`));
    for (const who of shown) {
      expect(mirror.envoy.log.includes(who.password)).toBe(false);
      expect(mirror.envoy.log.includes(authorization(who).slice('Basic '.length))).toBe(false);
    }
  } finally {
    await mirror.stop();
  }
});
