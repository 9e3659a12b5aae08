import { ports } from '../../src/mirror/contract/ports';
import { Authentication } from '../../src/mirror/props/authentication-props';
import { schemaOfType } from '../../src/schemas/schemas';
import type { SecuredStackProps } from '../../src/stack/secured-stack-props';
import { authorization, filesFor, filesForMetrics, type User } from './harness/dynamic-files';
import type { Emitted } from './harness/emitted';
import { Mirror, type MirrorOptions } from './harness/mirror';
import { blob } from './harness/registry-requests';
import { ask } from './harness/request';
import { until } from './harness/until';

const user: User = { name: 'mirror.00000001', password: 'planted-password-of-the-mirror' };
const scraper: User = { name: 'scraper', password: 'planted-password-of-scrapers' };
const stranger: User = { name: 'stranger', password: 'planted-password-of-a-stranger' };
const TOKEN = 'planted-token-of-a-registry';
/** What callers send, and what must not be in the log: also not as base64. */
const headers = [
  ...[user, scraper, stranger].map((who) => ({ authorization: authorization(who) })),
  { authorization: `Bearer ${TOKEN}` },
  { cookie: `session=${TOKEN}`, 'x-registry-auth': TOKEN, 'proxy-authorization': authorization(stranger) },
];
const planted = [
  TOKEN,
  ...[user, scraper, stranger].flatMap((who) => [who.password, authorization(who).slice('Basic '.length)]),
];

const basic: Partial<SecuredStackProps> = {
  authentication: Authentication.basic({ credential: { secret: 'mirror-credential' } }),
  metrics: { from: [{ namespace: 'monitoring' }], credentialSecret: 'mirror-metrics-credential' },
};
const dynamicFiles = { ...filesFor([user], ['00000000']), ...filesForMetrics([scraper]) };

/** What a proxy logs while callers send credentials, right and wrong ones. */
async function logOf(options: MirrorOptions, sign: string): Promise<string> {
  const mirror = await Mirror.start(options);
  try {
    for (const one of headers) {
      for (const name of ['entry', 'peers', 'metrics'] as const) {
        const listener = options.dynamicFiles ? { port: mirror.port(ports.listeners[name]) } : mirror.listener(name);
        await ask(listener, name === 'metrics' ? '/metrics' : blob, { headers: one });
      }
      await ask({ port: mirror.port(ports.egress.registry) }, blob, { headers: one });
    }
    await until('it logs', () => mirror.envoy.log.includes(sign));
    return mirror.envoy.log;
  } finally {
    await mirror.stop();
  }
}

const shownIn = (log: string) => planted.filter((text) => log.includes(text));

describe.each(schemaOfType('LogLevel').enum ?? [])('at level %s the proxy shows no credential', (level) => {
  // At the upper levels nothing is wrong, so that only requests to peers are noted.
  const sign = ['info', 'debug'].includes(level) ? `[${level}]` : '"peer":';
  const logLevel = { proxy: level as 'debug' };

  it('of basic authentication', async () => {
    expect(shownIn(await logOf({ stack: { ...basic, logLevel }, dynamicFiles }, sign))).toEqual([]);
  });

  it('that comes beside a certificate', async () => {
    expect(shownIn(await logOf({ stack: { logLevel } }, sign))).toEqual([]);
  });
});

it('at level debug Envoy would show them, if the command did not keep the components quiet that see them', async () => {
  const change = (emitted: Emitted): Emitted => {
    const list = emitted.command.indexOf('--component-log-level');
    return { ...emitted, command: [...emitted.command.slice(0, list), ...emitted.command.slice(list + 2)] };
  };
  const shown = shownIn(
    await logOf({ stack: { ...basic, logLevel: { proxy: 'debug' } }, dynamicFiles, change }, '[debug]'),
  );
  expect(shown).toContain(TOKEN);
  expect(shown).toContain(authorization(user).slice('Basic '.length));
});
