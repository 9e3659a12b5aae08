import { ports } from '../../src/mirror/contract/ports';
import { Authentication, type AuthenticationProps } from '../../src/mirror/props/authentication-props';
import type { SecuredStackProps } from '../../src/stack/secured-stack-props';
import { Authority } from './harness/certificates';
import { authorization, filesFor, filesForMetrics, type User } from './harness/dynamic-files';
import { Mirror } from './harness/mirror';
import { blob } from './harness/registry-requests';
import { ask, send, type Target } from './harness/request';

const mutualTls = { issuer: { caSecret: 'mirror-ca' } };
const basic = { credential: { secret: 'mirror-credential' } };
const user: User = { name: 'mirror.0a1b2c3d', password: 'p:a ss/"w\'örd' };
const scraper: User = { name: 'scraper.11223344', password: 'other' };
const metrics = { from: [{ namespace: 'monitoring' }], credentialSecret: 'mirror-metrics-credential' };

const modes: { [mode: string]: { authentication: AuthenticationProps; basic: boolean; tls: boolean; open?: boolean } } =
  {
    basic: { authentication: Authentication.basic(basic), basic: true, tls: false },
    'both, with basic upstream': {
      authentication: Authentication.both({ mutualTls, basic, present: 'basic' }),
      basic: true,
      tls: true,
    },
    'both, with mutual TLS upstream': {
      authentication: Authentication.both({ mutualTls, basic, present: 'mutualTls' }),
      basic: true,
      tls: true,
    },
    'mutual TLS': { authentication: Authentication.mutualTls(mutualTls), basic: false, tls: true },
    permissive: { authentication: Authentication.permissive(mutualTls), basic: false, tls: true, open: true },
  };

const identities = { entry: 'node', peers: 'peer', metrics: 'metrics' } as const;

/** A certificate for an identity, whatever the mode. */
function identity(authority: Authority, name: string) {
  return authority.issue({ usages: ['client auth'], uris: [`spiffe://cluster-1/ns/secured-mirror/${name}`] });
}

describe.each(Object.entries(modes))('%s', (_, mode) => {
  const others = new Authority();
  let mirror: Mirror;

  beforeAll(async () => {
    const stack: Partial<SecuredStackProps> = {
      authentication: mode.authentication,
      metrics: mode.basic ? metrics : { from: [{ namespace: 'monitoring' }] },
    };
    mirror = await Mirror.start({ stack, dynamicFiles: { ...filesFor([user]), ...filesForMetrics([scraper]) } });
  });
  afterEach(() => mirror.reset());
  afterAll(() => mirror?.stop());

  describe.each(['entry', 'peers', 'metrics'] as const)('at %s', (listener) => {
    const path = listener === 'metrics' ? '/metrics' : blob;
    const plain = (): Target => ({ port: mirror.port(ports.listeners[listener]) });
    const tls = (shown?: ReturnType<typeof identity>): Target => ({
      ...plain(),
      client: { ca: mirror.authority.certificate, cert: shown?.['tls.crt'], key: shown?.['tls.key'] },
      server: `spiffe://cluster-1/ns/secured-mirror/${listener === 'peers' ? 'peer' : 'server'}`,
    });
    const outcome = (target: Target, headers = {}) =>
      ask(target, path, { headers }).then(
        ({ status }) => status,
        () => 'closed',
      );
    const seen = () => mirror.registry.seen.length + mirror.metrics.seen.length;
    const right = listener === 'metrics' ? scraper : user;
    const wrong = listener === 'metrics' ? user : scraper;
    const open = mode.open === true && listener !== 'metrics';
    const refused = () => (open ? 200 : mode.basic ? (listener === 'entry' ? 404 : 401) : 'closed');

    it('serves the right credential, where the method is accepted', async () => {
      const expected = open || mode.basic ? 200 : 'closed';
      expect(await outcome(plain(), { authorization: authorization(right) })).toBe(expected);
      expect(seen()).toBe(expected === 200 ? 1 : 0);
    });

    it.each<[string, () => object]>([
      ['no credential', () => ({})],
      ['an empty credential', () => ({ authorization: authorization({ name: '', password: '' }) })],
      ['a wrong password', () => ({ authorization: authorization({ ...right, password: `${right.password} ` }) })],
      ['a user without its version', () => ({ authorization: authorization({ ...right, name: 'mirror' }) })],
      ["another listener's credential", () => ({ authorization: authorization(wrong) })],
      ['a bearer token', () => ({ authorization: 'Bearer abc' })],
      ['the header of the user alone', () => ({ 'x-mirror-user': right.name })],
    ])('refuses who shows %s, without a challenge or a word', async (_name, headers) => {
      if (refused() === 'closed') {
        expect(await outcome(plain(), headers())).toBe('closed');
      } else {
        const answer = await ask(plain(), path, { headers: { ...headers() } });
        expect(answer.status).toBe(refused());
        expect(answer.headers).not.toHaveProperty('www-authenticate');
        expect(open || answer.body === '').toBe(true);
      }
      expect(seen()).toBe(open ? 1 : 0);
    });

    it('serves the right certificate, where the method is accepted', async () => {
      const target = tls(identity(mirror.authority, identities[listener]));
      expect(await outcome(target)).toBe(mode.tls ? 200 : 'closed');
    });

    it.each<[string, () => ReturnType<typeof identity> | undefined]>([
      ['no certificate', () => undefined],
      ['one of another CA', () => identity(others, identities[listener])],
      ['one of our CA without our SAN', () => mirror.authority.issue({ usages: ['client auth'], dnsNames: ['peer'] })],
      ['one of another identity', () => identity(mirror.authority, listener === 'peers' ? 'node' : 'peer')],
    ])('closes to who shows %s over TLS, with the right credential as well', async (_name, shown) => {
      expect(await outcome(tls(shown()), { authorization: authorization(right) })).toBe('closed');
      expect(seen()).toBe(0);
    });

    it('passes neither credential nor user on', async () => {
      if (mode.basic) {
        await ask(plain(), path, { headers: { authorization: authorization(right), 'x-mirror-user': 'me' } });
        const last = listener === 'metrics' ? mirror.metrics.last : mirror.registry.last;
        expect(last?.headers).not.toHaveProperty('x-mirror-user');
        expect(last?.headers).not.toHaveProperty('authorization');
      }
    });
  });

  it('leads plain connections to the router only where basic is accepted', async () => {
    const answer = send({ port: mirror.port(ports.listeners.router) }, 'hello').catch(() => 'closed');
    expect(await answer).toBe(mode.basic ? 'router' : 'closed');
  });

  it('is taken by Envoy whole', async () => {
    const failures = await mirror.envoy.stats(/(update_rejected|update_failure|config_fail|create_failure)$/);
    expect(Object.entries(failures).filter(([, count]) => count > 0)).toEqual([]);
    expect(mirror.envoy.complaints).toBe('');
  });
});
