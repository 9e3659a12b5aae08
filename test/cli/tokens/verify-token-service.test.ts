import { Client } from '../../../src/cli/tokens/registry/client';
import { Credential } from '../../../src/cli/tokens/registry/credential';
import { Registry } from '../../../src/cli/tokens/registry/registry';
import { askFor, logIn } from '../../../src/cli/tokens/registry/token-service';

let asked: { line: string; authorization: string | null }[] = [];

/** Has fetch answer so. */
function listen(answers: (url: URL) => Response): void {
  asked = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, { method = 'GET', headers } = {}) => {
    asked.push({ line: `${method} ${input}`, authorization: new Headers(headers).get('authorization') });
    return answers(new URL(`${input}`));
  });
}

const reply = (status: number, headers = {}, body: string | null = null) => new Response(body, { status, headers });
const credential = new Credential('kong', 'planted');
const client = () => new Client(async () => {});

afterEach(() => jest.restoreAllMocks());

describe('a token service', () => {
  const service = { kind: 'bearer', realm: new URL('https://t.example/token?own=1'), service: 's' } as const;
  const ask = () => askFor(client(), service, 'kong/a', ['pull', 'push'], credential);
  const login = () => logIn(client(), service, credential);

  it('is asked for a login without a scope, and for a scope by itself', async () => {
    listen(() => reply(200, {}, '{"token":"opaque"}'));
    expect(await login()).toBe(true);
    expect(await ask()).toEqual({ kind: 'granted', authorization: 'Bearer opaque' });
    expect(asked).toEqual([
      { line: 'GET https://t.example/token?own=1&service=s', authorization: credential.basic },
      {
        line: 'GET https://t.example/token?own=1&service=s&scope=repository%3Akong%2Fa%3Apull%2Cpush',
        authorization: credential.basic,
      },
    ]);
  });

  it('need not have a name', async () => {
    listen(() => reply(200, {}, '{"token":"opaque"}'));
    const { service: _, ...nameless } = service;
    await logIn(client(), nameless, credential);
    expect(asked[0]?.line).toBe('GET https://t.example/token?own=1');
  });

  it.each([401, 403])('refuses a login by %d', async (status) => {
    listen(() => reply(status, {}, 'planted'));
    expect(await login()).toBe(false);
  });

  it.each([400, 401, 403])('denies a right by %d, which is no refused login', async (status) => {
    listen(() => reply(status, {}, 'planted'));
    expect(await ask()).toEqual({ kind: 'denied' });
  });

  it.each([
    [reply(200, {}, '{}'), { kind: 'unusable', reason: 'the answer holds no token' }],
    [reply(200, {}, 'null'), { kind: 'unusable', reason: 'the answer holds no token' }],
    [reply(200, {}, '{"token":"","access_token":"opaque"}'), { kind: 'granted', authorization: 'Bearer opaque' }],
    [reply(200, {}, '{"access_token":"opaque"}'), { kind: 'granted', authorization: 'Bearer opaque' }],
  ])('answers', async (answer, grant) => {
    listen(() => answer.clone());
    expect(await ask()).toEqual(grant);
  });

  it.each([
    [ask, reply(200, {}, 'planted'), 'the token service t.example does not answer in JSON'],
    [ask, reply(404, {}, 'planted'), 'the token service t.example answers 404 to a request for a token'],
    [login, reply(400, {}, 'planted'), 'the token service t.example answers 400 to a login'],
    [login, reply(404, {}, 'planted'), 'the token service t.example answers 404 to a login'],
  ])('could not be asked', async (question, answer, message) => {
    listen(() => answer.clone());
    const error: unknown = await question().catch((thrown) => thrown);
    expect(`${error}`).toBe(`Error: ${message}`);
  });
});

describe('a registry', () => {
  const basic = () => reply(401, { 'www-authenticate': 'BASIC realm="Sonatype Nexus Repository Manager"' });

  it('is asked once how it wants to be asked, and once for a login, and never shown a token meanwhile', async () => {
    listen(basic);
    const registry = new Registry(client(), 'r.example', 'generic');
    expect(await registry.login(credential)).toBe(false);
    expect(await registry.login(credential)).toBe(false);
    expect(asked).toEqual([
      { line: 'GET https://r.example/v2/', authorization: null },
      { line: 'GET https://r.example/v2/', authorization: credential.basic },
    ]);
    expect(await registry.isPublic('kong/a')).toBe(false);
    expect(await registry.isPublic('kong/a')).toBe(false);
    expect(asked).toHaveLength(3);
  });

  it('without a token service takes the credential for everything once it logged in', async () => {
    listen(() => (asked.length === 1 ? basic() : reply(200)));
    const registry = new Registry(client(), 'r.example', 'generic');
    expect(await registry.login(credential)).toBe(true);
    expect(await registry.grant('kong/a', ['push'], credential)).toEqual({
      kind: 'granted',
      authorization: credential.basic,
    });
  });

  it('neither takes nor refuses a login', async () => {
    listen(() => (asked.length === 1 ? basic() : reply(404)));
    const login = new Registry(client(), 'r.example', 'generic').login(credential);
    await expect(login).rejects.toThrow('r.example answers 404 to a login');
  });

  it('is asked for nothing but a pull on behalf of everybody', async () => {
    listen(({ hostname }) => {
      if (hostname === 't.example') return reply(400);
      return reply(401, { 'www-authenticate': 'Bearer realm="https://t.example/token"' });
    });
    expect(await new Registry(client(), 'r.example', 'quay').isPublic('kong/a')).toBe(false);
    expect(asked.at(-1)).toEqual({
      line: 'GET https://t.example/token?scope=repository%3Akong%2Fa%3Apull',
      authorization: null,
    });
  });

  it('is none when it answers otherwise', async () => {
    listen(() => reply(404));
    const registry = new Registry(client(), 'r.example', 'generic');
    await expect(registry.door()).rejects.toThrow(
      'r.example answers 404 where a registry asks for a credential: is it a registry?',
    );
  });
});
