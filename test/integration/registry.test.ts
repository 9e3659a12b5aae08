import { Mirror } from './harness/mirror';
import { allowed, blob, malformed, methods, notFound, publicRepositories, respelt } from './harness/registry-requests';
import { ask, type Target } from './harness/request';

let mirror: Mirror;

beforeAll(async () => {
  mirror = await Mirror.start({ stack: { publicRepositories } });
});

afterEach(() => mirror.reset());

afterAll(() => mirror.stop());

describe.each(['entry', 'peers'] as const)('%s', (name) => {
  const listener = (): Target => mirror.listener(name);

  it.each(Object.entries(allowed))('passes %s on', async (_, path) => {
    const got = await ask(listener(), path);
    const head = await ask(listener(), path, { method: 'HEAD' });

    expect(got).toMatchObject({ status: 200, body: `registry answers ${path}` });
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(mirror.registry.seen).toMatchObject([
      { method: 'GET', url: path },
      { method: 'HEAD', url: path },
    ]);
  });

  it.each(Object.entries(respelt))('gives Spegel the plain form of %s', async (_, path) => {
    expect((await ask(listener(), path)).status).toBe(200);
    expect(mirror.registry.seen).toMatchObject([{ url: blob }]);
  });

  it.each(Object.entries(notFound))('answers 404 to %s', async (_, path) => {
    const got = await ask(listener(), path);
    const head = await ask(listener(), path, { method: 'HEAD' });

    expect(got).toMatchObject({ status: 404, body: '' });
    expect(got.headers).not.toHaveProperty('www-authenticate');
    expect(head).toMatchObject({ status: 404, body: '' });
    expect(mirror.registry.seen).toEqual([]);
  });

  it.each(Object.entries(malformed))('answers 400 to %s', async (_, path) => {
    expect(await ask(listener(), path)).toMatchObject({ status: 400 });
    expect(mirror.registry.seen).toEqual([]);
  });

  it.each(methods)('answers 405 to the method %s', async (method) => {
    for (const path of [
      blob,
      '/v2/library/alpine/manifests/latest?ns=docker.io',
      '/v2/',
      '/v2/x/blobs/uploads/',
      '/',
    ]) {
      const answer = await ask(listener(), path, { method });

      expect(answer).toMatchObject({ status: 405, body: '' });
      expect(answer.headers).not.toHaveProperty('www-authenticate');
    }
    expect(mirror.registry.seen).toEqual([]);
  });
});
