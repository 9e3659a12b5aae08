import { Agent } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { ports } from '../../src/mirror/contract/ports';
import { files } from '../../src/mirror/envoy/bootstrap';
import { Authentication } from '../../src/mirror/props/authentication-props';
import { line, linesOf, nameless, notedOf, refused } from './harness/access-log';
import { authorization, filesFor, type User } from './harness/dynamic-files';
import { emit } from './harness/emitted';
import { Mirror } from './harness/mirror';
import { blob, digest } from './harness/registry-requests';
import { ask } from './harness/request';
import { until } from './harness/until';

describe('by basic authentication', () => {
  const user: User = { name: 'mirror.00000002', password: 'planted-password' };
  const older: User = { name: 'mirror.00000001', password: 'planted-older-password' };
  const stranger: User = { name: 'planted-stranger', password: 'planted-guess' };
  let mirror: Mirror;

  beforeAll(async () => {
    mirror = await Mirror.start({
      stack: {
        authentication: Authentication.basic({ credential: { secret: 'mirror-credential' } }),
        metrics: undefined,
        accessLog: { refusedPercent: 100 },
      },
      dynamicFiles: filesFor([older, user], ['00000001']),
    });
  });
  afterAll(() => mirror.stop());

  it.each([
    ['entry', 404],
    ['peers', 401],
  ] as const)('%s: shows who was let in and who was not, and no credential', async (listener, status) => {
    const target = { port: mirror.port(ports.listeners[listener]) };
    const others = {
      cookie: 'planted',
      'x-token': 'planted',
      'user-agent': 'planted',
      referer: 'planted',
      accept: 'planted',
    };
    const lines = await notedOf(mirror, 5, async () => {
      for (const who of [user, older, stranger, undefined]) {
        const credential = who ? { authorization: authorization(who) } : {};
        await ask(target, blob, { headers: { ...others, ...credential } });
      }
      await ask(target, `${blob}&password=planted`, { headers: { authorization: authorization(user) } });
    });
    const common = { listener, authentication: 'basic', identity: null };
    const served = { ...common, content: digest, bytes: expect.any(Number) };
    expect(lines).toEqual([
      line(served),
      line({ ...served, credential: 'old' }),
      line({ ...common, ...refused, status, reason: 'invalid_credential_for_basic_auth' }),
      line({ ...common, ...refused, status, reason: 'no_credential_for_basic_auth' }),
      line({ ...common, ...refused, ...nameless }),
    ]);
    expect(mirror.envoy.log).not.toContain('planted');
    for (const who of [user, older, stranger]) {
      expect(mirror.envoy.log).not.toContain(authorization(who).slice('Basic '.length));
    }
  });
});

it('who comes without a credential on the move is noted as such', async () => {
  const authentication = Authentication.permissive({ issuer: { caSecret: 'mirror-ca' } });
  const mirror = await Mirror.start({ stack: { authentication, metrics: undefined, accessLog: {} } });
  try {
    const entry = { port: mirror.port(ports.listeners.entry) };
    const noted = await notedOf(mirror, 1, () => ask(entry, blob));
    const nobody = { authentication: 'permissive', identity: null };
    expect(noted).toEqual([line({ ...nobody, content: digest, bytes: expect.any(Number) })]);
  } finally {
    await mirror.stop();
  }
});

it('a flood of strangers is noted in part, and no header of theirs has a say in it', async () => {
  const mirror = await Mirror.start({ stack: { accessLog: { refusedPercent: 50 } } });
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  try {
    const target = { ...mirror.listener('entry'), agent };
    const headers = { 'x-request-id': '00000000-0000-4000-8000-000000000000' };
    await Promise.all(Array.from({ length: 400 }, () => ask(target, '/v2/', { headers })));
    await ask(target, blob);
    const of = (refused: boolean) => linesOf(mirror).filter(({ verdict }) => (verdict === 'refused') === refused);
    await until('what was served is noted', () => of(false).length === 1);
    // Half of 400, give or take ten times the deviation.
    expect(Math.abs(of(true).length - 200)).toBeLessThan(100);
  } finally {
    agent.destroy();
    await mirror.stop();
  }
});

it('begins and ends in a proxy that runs', async () => {
  const mirror = await Mirror.start();
  const configOf = (stack: object) =>
    emit(stack).mounts.find(({ files: config }) => config?.[files.listeners])?.files ?? {};
  const asked = async (count: number) => {
    await ask(mirror.listener('entry'), blob);
    return linesOf(mirror).length > count;
  };
  try {
    await asked(0);
    mirror.envoy.configure(() => configOf({ accessLog: {} }));
    await until('it notes who reads', () => asked(0));
    mirror.envoy.configure(() => configOf({}));
    await until('it no longer does', async () => {
      const before = linesOf(mirror).length;
      await ask(mirror.listener('entry'), blob);
      await sleep(300);
      return linesOf(mirror).length === before;
    });
    expect(await mirror.envoy.stat('listener_manager.lds.update_rejected')).toBe(0);
  } finally {
    await mirror.stop();
  }
});
