import { Client } from '../../../src/cli/registry/client';
import { Credential } from '../../../src/cli/registry/credential';
import { Registry } from '../../../src/cli/registry/registry';
import { askFor, logIn } from '../../../src/cli/registry/token-service';
import type { RegistryDriver } from '../../../src/tokens/props/organization-tokens-props';

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
const client = () => new Client(undefined, async () => {});

afterEach(() => jest.restoreAllMocks());

describe('a token service', () => {
  const service = { kind: 'bearer', realm: new URL('https://t.example/token?own=1'), service: 's' } as const;
  const ask = () => askFor(client(), service, 'kong/a', ['pull', 'push'], credential);
  const login = () => logIn(client(), service, credential);

  it('is asked for a login without a scope, and for a scope by itself', async () => {
    listen(() => reply(200, {}, '{"token":"opaque"}'));
    expect(await login()).toMatchObject({ status: 200 });
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
    [reply(200, {}, 'planted'), 'the token service t.example does not answer in JSON'],
    [reply(404, {}, 'planted'), 'the token service t.example answers 404 to a request for a token'],
  ])('could not be asked', async (answer, message) => {
    listen(() => answer.clone());
    const error: unknown = await ask().catch((thrown) => thrown);
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

  describe.each(['Basic realm="r"', 'Bearer realm="https://t.example/token"'])('that asks for %s', (challenge) => {
    const DENIED = '{"errors":[{"code":"DENIED","message":"planted"}]}';
    const login = (driver: RegistryDriver, status: number, body = 'planted') => {
      listen(() => (asked.length === 1 ? reply(401, { 'www-authenticate': challenge }) : reply(status, {}, body)));
      return new Registry(client(), 'r.example', driver).login(credential);
    };

    it.each([
      ['generic', 401, 'planted'],
      ['gitlab', 401, 'planted'],
      ['ghcr', 401, 'planted'],
      ['ghcr', 403, DENIED],
      ['ecr', 400, 'planted'],
      ['ecr', 403, DENIED],
    ] as const)('refuses a dead credential (%s: %d, %s)', async (driver, status, body) => {
      expect(await login(driver, status, body)).toBe(false);
    });

    it.each([
      ['generic', 403, DENIED],
      ['generic', 400, 'planted'],
      ['gitlab', 403, 'planted'],
      ['ghcr', 404, 'planted'],
      ['ghcr', 403, 'planted'],
      ['ghcr', 403, '{"errors":[{"code":"TOOMANYREQUESTS"}]}'],
      ['ghcr', 403, '{"errors":["DENIED",null]}'],
      ['ghcr', 403, '{"errors":"DENIED"}'],
      ['ecr', 403, '<html>blocked</html>'],
    ] as const)('calls nobody dead by another answer (%s: %d, %s)', async (driver, status, body) => {
      const error: unknown = await login(driver, status, body).catch((thrown) => thrown);
      const why = 'which does not say whether the credential lives';
      expect(`${error}`).toBe(`Error: r.example answers ${status} to a login, ${why}`);
    });
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
    await expect(registry.authScheme()).rejects.toThrow(
      'r.example answers 404 where a registry asks for a credential: is it a registry?',
    );
  });
});
