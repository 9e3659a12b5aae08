import { Agent } from 'node:https';
import { ports } from '../../src/mirror/contract/ports';
import { Authentication } from '../../src/mirror/props/authentication-props';
import { Authority, type KeyPair } from './harness/certificates';
import { authorization, filesFor, filesWithoutUsers, type User } from './harness/dynamic-files';
import type { CertificateSpec } from './harness/emitted';
import { Mirror } from './harness/mirror';
import { Pair } from './harness/pair';
import { blob } from './harness/registry-requests';
import { ask, CLOSED, isClosedTo, type Target } from './harness/request';
import { until } from './harness/until';

const mutualTls = { issuer: { caSecret: 'mirror-ca' } };
const basic = { credential: { secret: 'mirror-credential' } };

const spec = (identity: string, usages: string[]): CertificateSpec => ({
  usages,
  uris: [`spiffe://cluster-1/ns/secured-mirror/${identity}`],
});
const peer = spec('peer', ['server auth', 'client auth']);
const server = spec('server', ['server auth']);
const node = spec('node', ['client auth']);

describe('certificates that are of no use any more shut what they are for, and open nothing', () => {
  let pair: Pair;

  beforeAll(async () => {
    const unused = { pair: new Authority().issue(node) };
    pair = await Pair.start(Authentication.mutualTls(mutualTls), unused);
  });
  afterAll(() => pair.stop());

  it.each<[string, (sound: Authority) => (spec: CertificateSpec) => KeyPair]>([
    ['have expired, or the clock is days ahead', (sound) => (asked) => sound.issueExpired(asked)],
    ['are not valid yet, as the clock is two days late', (sound) => (asked) => sound.issueForLater(asked)],
    [
      'are of a CA that has expired',
      () => {
        const expired = new Authority(true);
        return (asked) => expired.issue(asked);
      },
    ],
  ])('they %s', async (_, spoil) => {
    const { near, far } = pair;
    const spoilt = spoil(far.authority);
    const egress = { port: near.port(ports.egress.registry) };
    const listener = (shown?: KeyPair): Target => ({
      port: far.port(ports.listeners.entry),
      client: {
        ca: [far.authority.certificate, spoilt(node)['ca.crt']],
        cert: shown?.['tls.crt'],
        key: shown?.['tls.key'],
      },
      server: 'spiffe://cluster-1/ns/secured-mirror/server',
    });
    const give = (issue: (asked: CertificateSpec) => KeyPair) => {
      for (const { envoy } of [near, far]) {
        envoy.changeSecret('mirror-peer', { ...issue(peer) });
        envoy.changeSecret('mirror-server', { ...issue(server) });
      }
    };
    await until('peers are served', async () => (await ask(egress, blob)).status === 200);

    give(spoilt);
    await until('no peer is served', async () => (await ask(egress, blob)).status === 503);
    // containerd checks the entry, takes it for false and goes to the origin.
    await expect(ask(listener(spoilt(node)), blob)).rejects.toThrow(/expired|not yet valid/);
    far.reset();
    expect(await isClosedTo({ port: far.port(ports.listeners.entry) }, blob)).toBe(true);
    expect(await isClosedTo({ port: far.port(ports.listeners.peers) }, blob)).toBe(true);
    expect(far.registry.seen).toEqual([]);
    expect(await ask({ port: far.port(ports.listeners.health) }, '/healthz')).toMatchObject({ status: 200 });

    give((asked) => far.authority.issue(asked));
    await until('peers are served again', async () => (await ask(egress, blob)).status === 200);
    expect((await ask(listener(far.authority.issue(node)), blob)).status).toBe(200);
  });
});

describe('a revoked identity', () => {
  it('keeps its connection no longer than connections last', async () => {
    const mirror = await Mirror.start({
      change: (emitted) => ({
        ...emitted,
        mounts: emitted.mounts.map((mount) =>
          mount.files
            ? {
                ...mount,
                files: Object.fromEntries(
                  Object.entries(mount.files).map(([name, text]) => [name, text.replaceAll('"600s"', '"3s"')]),
                ),
              }
            : mount,
        ),
      }),
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      const target = { ...mirror.listener('entry'), agent };
      expect((await ask(target, blob)).status).toBe(200);
      const next = new Authority();
      const own = mirror.authority.issue(mirror.certificate('mirror-server'));
      mirror.envoy.changeSecret('mirror-server', { ...own, 'ca.crt': next.certificate });
      await until('it is shut to new connections', () => isClosedTo(mirror.listener('entry'), blob));
      await until('it is shut to the old one', () => isClosedTo(target, blob));
    } finally {
      agent.destroy();
      await mirror.stop();
    }
  });
});

describe('the credential', () => {
  const user: User = { name: 'mirror.00000001', password: 'right' };
  const headers = { authorization: authorization(user) };
  let mirror: Mirror;

  afterEach(() => mirror.stop());

  const start = async (dynamicFiles?: { [file: string]: string }) => {
    mirror = await Mirror.start({
      stack: { authentication: Authentication.basic(basic), metrics: undefined },
      dynamicFiles,
    });
    const listener = { port: mirror.port(ports.listeners.entry) };
    return { listener, status: async () => (await ask(listener, blob, { headers })).status };
  };

  it('is not there at the start: nobody comes in, until it is', async () => {
    const { listener, status } = await start(filesWithoutUsers());
    expect(await status()).toBe(404);
    expect((await ask(listener, blob)).status).toBe(404);
    expect(mirror.registry.seen).toEqual([]);
    mirror.envoy.write(filesFor([user]));
    await until('it is taken', async () => (await status()) === 200);
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['twice the same user', filesFor([user, { ...user, password: 'other' }])['users.json'] ?? ''],
    [
      'another kind of filter',
      (filesWithoutUsers()['users.json'] ?? '').replaceAll('rbac.v3.RBAC', 'router.v3.Router'),
    ],
  ])('stays the last good when the file of users has %s', async (_, content) => {
    const { listener, status } = await start(filesFor([user]));
    expect(await status()).toBe(200);
    mirror.envoy.write({ 'users.json': content });
    const refused = 'extension_config_discovery.http_filter.users.config_fail';
    await until('the proxy refused it', async () => (await mirror.envoy.stat(refused)) > 0);
    expect(await status()).toBe(200);
    expect((await ask(listener, blob)).status).toBe(404);
  });

  it('is revoked at once: neither new requests nor those on old connections pass', async () => {
    const { listener, status } = await start(filesFor([user]));
    expect(await status()).toBe(200);
    mirror.envoy.write(filesFor([{ name: 'mirror.00000002', password: 'new' }]));
    await until('it is refused', async () => (await status()) === 404);
    await expect(ask({ ...listener, client: {} }, blob)).rejects.toThrow(CLOSED);
  });
});
