import type { X509Certificate } from 'node:crypto';
import { files } from '../../src/mirror/envoy/bootstrap';
import { Authority } from './harness/certificates';
import { emit } from './harness/emitted';
import { Mirror } from './harness/mirror';
import type { Files } from './harness/mounted-folder';
import { blob } from './harness/registry-requests';
import { ask, CLOSED, connectTls, isClosedTo, type Target } from './harness/request';
import { until } from './harness/until';

const manifest = '/v2/library/alpine/manifests/latest?ns=docker.io';

let mirror: Mirror;
let pid: number;

beforeAll(async () => {
  mirror = await Mirror.start();
  pid = mirror.envoy.pid;
});

afterAll(() => mirror.stop());

// Whatever changes: it is the same process, and it runs.
afterEach(() => expect([mirror.envoy.runs, mirror.envoy.pid]).toEqual([true, pid]));

const statusOf = async (path: string) => (await ask(mirror.listener('entry'), path)).status;

/** The ConfigMap of a stack with these public repositories. */
function configOf(publicRepositories: string[]): Files {
  const config = emit({ publicRepositories }).mounts.find((mount) => mount.files?.[files.listeners]);
  return config?.files ?? {};
}

describe('the configuration', () => {
  it('takes a public repository up and drops it again', async () => {
    expect(await statusOf(manifest)).toBe(404);

    mirror.envoy.configure(() => configOf(['docker.io/library/*']));
    await until('the manifest is served', async () => (await statusOf(manifest)) === 200);

    mirror.envoy.configure(() => configOf([]));
    await until('the manifest is not served', async () => (await statusOf(manifest)) === 404);
  });

  it.each<[string, (listeners: string) => string]>([
    ['no JSON', (listeners) => listeners.slice(0, -10)],
    ['empty', () => ''],
    ['another kind of resource', (listeners) => listeners.replaceAll('.Listener"', '.Cluster"')],
    ['an impossible value', (listeners) => listeners.replaceAll('"/v2/', '"(/v2/')],
  ])('keeps the last good when it is given %s', async (_, spoil) => {
    const bad = async () => {
      const counted = await mirror.envoy.stats(/^listener_manager[.]lds[.]update_(failure|rejected)$/);
      return Object.values(counted).reduce((sum, count) => sum + count, 0);
    };
    const before = await bad();
    mirror.envoy.configure((config) => ({ ...config, [files.listeners]: spoil(config[files.listeners] ?? '') }));
    await until('Envoy refuses it', async () => (await bad()) > before);

    expect(await statusOf(blob)).toBe(200);
    expect(await statusOf(manifest)).toBe(404);
    await expect(ask(mirror.listenerFor('entry'), blob)).rejects.toThrow(CLOSED);

    mirror.envoy.configure(() => configOf([]));
  });
});

describe('a certificate', () => {
  const shownAt = async (target: Target): Promise<X509Certificate | undefined> => {
    const socket = await connectTls(target);
    const certificate = socket.getPeerX509Certificate();
    socket.destroy();
    return certificate;
  };
  const renewed = (secretName: string) =>
    mirror.authority.issue({ ...mirror.certificate(secretName), dnsNames: ['renewed.example.com'] });

  it.each([
    ['mirror-server', 'entry'],
    ['mirror-server', 'metrics'],
    ['mirror-peer', 'peers'],
    ['mirror-peer', 'router'],
  ] as const)('%s is shown at %s as soon as it is renewed', async (secretName, listener) => {
    const before = mirror.authority.issue(mirror.certificate(secretName));
    mirror.envoy.changeSecret(secretName, { ...before });
    await until(
      'the old one is shown',
      async () => !(await shownAt(mirror.listener(listener)))?.checkHost('renewed.example.com'),
    );

    mirror.envoy.changeSecret(secretName, { ...renewed(secretName) });
    await until('the new one is shown', async () => {
      return (await shownAt(mirror.listener(listener)))?.checkHost('renewed.example.com') !== undefined;
    });
  });

  it.each([
    ['a key of another', { 'tls.key': new Authority().issue({ usages: ['server auth'] })['tls.key'] }],
    ['half of itself', { 'tls.crt': '-----BEGIN CERTIFICATE-----\nMIIB' }],
    ['nothing', { 'tls.crt': '' }],
    ['an empty Secret, as when it was deleted', { 'tls.crt': undefined, 'tls.key': undefined, 'ca.crt': undefined }],
  ])('stays the last good when it is given %s', async (_, spoilt) => {
    const good = mirror.authority.issue(mirror.certificate('mirror-server'));
    const failed = () => mirror.envoy.stats(/^(sds[.]certificate-server|listener[.].*)[.].*(failed|rejected|failure)$/);
    const before = JSON.stringify(await failed());
    const content = Object.entries({ ...good, ...spoilt }).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value]],
    );
    mirror.envoy.changeSecret('mirror-server', Object.fromEntries(content));
    await until('Envoy refuses it', async () => JSON.stringify(await failed()) !== before);

    expect(await statusOf(blob)).toBe(200);
    mirror.envoy.changeSecret('mirror-server', { ...good });
  });
});

describe('the CA', () => {
  it('is changed by way of both', async () => {
    const next = new Authority();
    const own = mirror.authority.issue(mirror.certificate('mirror-server'));
    const old = mirror.listener('entry');
    const young = mirror.listenerFor('entry', next.issue(mirror.certificate('mirror-node')));
    const passes = async (target: Target) => (await ask(target, blob)).status === 200;
    await expect(ask(young, blob)).rejects.toThrow(CLOSED);

    mirror.envoy.changeSecret('mirror-server', { ...own, 'ca.crt': mirror.authority.certificate + next.certificate });
    await until('the new CA is trusted', () => passes(young));
    expect(await passes(old)).toBe(true);

    mirror.envoy.changeSecret('mirror-server', { ...own, 'ca.crt': next.certificate });
    await until('the old CA is trusted no more', () => isClosedTo(old, blob));
    expect(await passes(young)).toBe(true);
  });
});
