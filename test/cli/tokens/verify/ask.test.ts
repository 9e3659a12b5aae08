import { Client } from '../../../../src/cli/registry/client';
import { Credential } from '../../../../src/cli/registry/credential';
import { gather } from '../../../../src/cli/tokens/verify/gather';
import type { Subject } from '../../../../src/cli/tokens/verify/subjects';
import type { RegistryDriver } from '../../../../src/tokens/props/organization-tokens-props';
import { pusher, rights, subject } from './example';

interface Answers {
  /** Status of the login. */
  readonly login?: number;
  /** Status of each scope, or what is granted; 403 where nothing is said. */
  readonly scopes?: { readonly [scope: string]: number | string[] };
  /** Path of the token service. */
  readonly realm?: string;
  /** Whether its tokens say their rights. */
  readonly says?: boolean;
  /** Status of each request to the registry; 404 where nothing is said. */
  readonly requests?: { readonly [request: string]: number };
}

const DENIED = '{"errors":[{"code":"DENIED","message":"planted"}]}';
let scopes: string[] = [];
let requests: string[] = [];

/** Has fetch answer as a registry with a token service. */
function listen({
  login = 200,
  realm = '/',
  scopes: granted = {},
  says = true,
  requests: statuses = {},
}: Answers): void {
  scopes = [];
  requests = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, { method = 'GET' } = {}) => {
    const { hostname, pathname, searchParams } = new URL(`${input}`);
    if (hostname === 't.example') {
      const scope = (searchParams.get('scope') ?? '').replace('repository:kong/', '');
      scopes.push(scope);
      const answer = scope === '' ? login : (granted[scope] ?? 403);
      if (typeof answer === 'number' && answer !== 200) return new Response(DENIED, { status: answer });
      return Response.json({ token: says ? tokenFor(scope, answer === 200 ? [] : (answer as string[])) : 'opaque' });
    }
    if (pathname === '/v2/') {
      const challenge = `Bearer realm="https://t.example${realm}"`;
      return new Response('', { status: 401, headers: { 'www-authenticate': challenge } });
    }
    const request = `${method} ${pathname.replace('/v2/kong/', '')}`;
    requests.push(request);
    const status = statuses[request] ?? 404;
    return new Response(status === 200 ? '{"tags":[]}' : null, { status, headers: { location: '/v2/kong/nightly/u' } });
  });
}

function tokenFor(scope: string, actions: string[]): string {
  const access = [{ type: 'repository', name: `kong/${scope.split(':')[0]}`, actions }];
  const parts = [{ alg: 'ES256' }, { exp: Date.now() / 1000 + 300, access }, 's'];
  return parts.map((it) => Buffer.from(JSON.stringify(it)).toString('base64url')).join('.');
}

/** What is found of credentials, each at its repositories. */
async function ask(driver: RegistryDriver, subjects: Subject[], push = false) {
  const held = subjects.map((of, index) => ({
    subject: { ...of, driver },
    label: of.label,
    credential: new Credential('kong', `planted${index}`),
  }));
  const facts = await gather(held, push, new Client(undefined, async () => {}));
  return facts.flatMap(({ repositories }) => repositories);
}

const TAGS = 'GET nightly/tags/list';
const UPLOAD = 'POST nightly/blobs/uploads/';
const alone: Subject = { ...pusher, others: [] };

afterEach(() => jest.restoreAllMocks());

describe('a credential', () => {
  it('that is refused at the login is asked about no more', async () => {
    listen({ login: 403 });
    expect(await ask('ghcr', [subject])).toMatchObject([
      { outcome: { kind: 'refused' } },
      { outcome: { kind: 'refused' } },
    ]);
    expect(scopes).toEqual(['']);
    expect(requests).toEqual([]);
  });

  it('that is denied everything is not refused, and nobody pulls in its place', async () => {
    listen({ scopes: { 'nightly:push': 401, 'nightly:delete': 400 }, requests: { [TAGS]: 200 } });
    expect(await ask('docker-hub', [alone], true)).toMatchObject([
      { outcome: { kind: 'asked' }, rights: rights(), pull: 'refused' },
    ]);
    expect(scopes).toEqual(['', 'nightly:pull', 'nightly:push', 'nightly:delete']);
    expect(requests).toEqual([]);
  });

  it('has each right that is granted alone, whatever else is denied', async () => {
    listen({ scopes: { 'nightly:pull': ['pull'], 'nightly:push': 401, 'nightly:delete': ['delete'] } });
    expect(await ask('docker-hub', [alone])).toMatchObject([{ rights: rights('pull', 'delete') }]);
  });
});

describe('where tokens say nothing', () => {
  it('an upload is begun with all that is granted, together', async () => {
    const granted = { 'nightly:pull': 200, 'nightly:push': 200, 'nightly:pull,push': 200 };
    listen({ says: false, scopes: granted, requests: { [TAGS]: 200, [UPLOAD]: 202 } });
    expect(await ask('generic', [alone])).toMatchObject([{ rights: rights('pull', 'push'), whyUnknown: 'opaque' }]);
    expect(scopes.at(-1)).toBe('nightly:pull,push');
    expect(requests).toEqual([TAGS, UPLOAD, 'DELETE nightly/u']);
  });

  it('what is granted alone and not together could not be asked', async () => {
    listen({ says: false, scopes: { 'nightly:pull': 200, 'nightly:push': 200 }, requests: { [TAGS]: 200 } });
    const reason = 'docker.io grants pull and push each alone, and not together';
    expect(await ask('generic', [alone])).toMatchObject([
      { outcome: { kind: 'could not be asked', reason: reason.replace('docker.io', 'registry-1.docker.io') } },
    ]);
  });
});

describe('a repository that others pulled from', () => {
  it('is refused to a credential to which it is said not to be there', async () => {
    listen({ says: false, scopes: { 'nightly:pull': 200 } });
    const before = jest.mocked(fetch).getMockImplementation() as typeof fetch;
    let pulls = 0;
    jest.mocked(fetch).mockImplementation(async (input, init) => {
      if (!`${input}`.endsWith('/tags/list?n=1') || pulls++ === 0) return before(input, init);
      return Response.json({ tags: [] });
    });
    const pull: Subject = { ...subject, others: [] };
    expect(await ask('generic', [pull, pull])).toMatchObject([
      { rights: rights(), pull: 'refused' },
      { rights: rights('pull'), pull: 'empty' },
    ]);
  });
});

describe.each([
  ['quay', '/'],
  ['gitlab', '/'],
  ['generic', '/v2/auth'],
  ['generic', '/jwt/auth'],
  ['generic', '/gitlab/jwt/auth/'],
] as const)('%s at %s, where asking for a push makes the repository', (driver, realm) => {
  it('is asked for a pull alone where nobody pulled from it', async () => {
    listen({ realm, scopes: { 'nightly:pull': ['pull'], 'nightly:push': ['push'] } });
    expect(await ask(driver, [alone], true)).toMatchObject([
      { rights: rights('pull', 'push?', 'delete?'), whyUnknown: 'creates', pull: 'absent', probe: undefined },
    ]);
    expect(scopes).toEqual(['', 'nightly:pull']);
    expect(requests).toEqual([TAGS]);
  });

  it('is asked for more once any credential pulled from it', async () => {
    let pulls = 0;
    listen({ realm, requests: { [TAGS]: 200 } });
    const before = jest.mocked(fetch).getMockImplementation() as typeof fetch;
    jest.mocked(fetch).mockImplementation(async (input, init) => {
      const scope = new URL(`${input}`).searchParams.get('scope');
      if (scope !== 'repository:kong/nightly:pull' || pulls++ === 0) return before(input, init);
      scopes.push('nightly:pull');
      return Response.json({ token: tokenFor('nightly:pull', ['pull']) });
    });
    const [first] = await ask(driver, [alone, alone]);
    expect(first).toMatchObject({ rights: rights() });
    expect(scopes.filter((scope) => scope === 'nightly:push')).toHaveLength(2);
  });
});

describe.each([
  ['quay', '/'],
  ['generic', '/v2/auth'],
] as const)('Quay, declared as %s, its token service at %s', (driver, realm) => {
  const there = { realm, requests: { [TAGS]: 200 } };

  it('is asked for all of it in place of deleting, which who may push may be able to', async () => {
    listen({ ...there, scopes: { 'nightly:pull': ['pull'], 'nightly:push': ['push'], 'nightly:*': [] } });
    expect(await ask(driver, [alone])).toMatchObject([
      { rights: rights('pull', 'push', 'delete?'), whyUnknown: 'no such right' },
    ]);
    expect(scopes.join()).not.toContain('delete');
  });

  it('says who administers, and who may only pull', async () => {
    listen({ ...there, scopes: { 'nightly:pull': ['pull'], 'nightly:push': ['push'], 'nightly:*': ['*'] } });
    expect(await ask(driver, [alone])).toMatchObject([{ rights: rights('pull', 'push', 'delete') }]);
    listen({ ...there, scopes: { 'nightly:pull': ['pull'] } });
    expect(await ask(driver, [alone])).toMatchObject([{ rights: rights('pull') }]);
  });
});
