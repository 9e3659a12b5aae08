import { Client } from '../../../../src/cli/registry/client';
import { Credential } from '../../../../src/cli/registry/credential';
import { gather } from '../../../../src/cli/tokens/verify/gather';
import { pusher, rights, subject } from './example';

/** Has fetch answer as a registry with basic authentication, or with tokens that say `actions`. */
function registry(statuses: { readonly [request: string]: number }, actions?: string[]): string[] {
  const asked: string[] = [];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, { method = 'GET', headers } = {}) => {
    const { hostname, pathname, searchParams } = new URL(`${input}`);
    const shown = new Headers(headers).has('authorization');
    if (hostname === 'auth.example') return Response.json({ token: tokenFor(searchParams, actions ?? []) });
    if (pathname === '/v2/' && !shown) {
      const bearer = 'Bearer realm="https://auth.example/",service="s"';
      const challenge = actions ? bearer : 'Basic realm="r"';
      return new Response('', { status: 401, headers: { 'www-authenticate': challenge } });
    }
    const request = `${method} ${pathname.replace(/^\/v2\//, '')}`;
    asked.push(request);
    const status = pathname === '/v2/' ? 200 : (statuses[request] ?? (shown ? 401 : 403));
    return new Response(status === 200 ? '{"tags":[]}' : '', { status, headers: { location: '/v2/kong/nightly/u' } });
  });
  return asked;
}

function tokenFor(query: URLSearchParams, actions: string[]): string {
  const [, name] = query.get('scope')?.split(':') ?? [];
  const payload = { aud: 's', exp: Date.now() / 1000 + 300, access: [{ type: 'repository', name, actions }] };
  return [{ alg: 'ES256' }, payload, 's'].map((it) => Buffer.from(JSON.stringify(it)).toString('base64url')).join('.');
}

async function ask(of: typeof subject, push = false) {
  const held = [{ subject: of, label: of.label, credential: new Credential('kong', 'planted') }];
  const [facts] = await gather(held, push, new Client(undefined, async () => {}));
  return facts?.repositories;
}

const TAGS = 'GET kong/nightly/tags/list';
const UPLOAD = 'POST kong/nightly/blobs/uploads/';

afterEach(() => jest.restoreAllMocks());

describe('where the registry says no rights', () => {
  it.each([
    [200, 202, rights('pull', 'push', 'delete?')],
    [200, 403, rights('pull', 'delete?')],
    [403, 403, rights('delete?')],
    [404, 404, rights('pull?', 'push?', 'delete?')],
    [200, 404, rights('pull', 'delete?')],
  ])('they are tried: %d to a pull, %d to a push', async (pull, push, wanted) => {
    const asked = registry({ [TAGS]: pull, [UPLOAD]: push });
    const whyUnknown = wanted.push === 'unknown' ? 'absent' : 'opaque';
    expect(await ask(subject)).toMatchObject([{ rights: wanted, whyUnknown }, { rights: rights('delete?') }]);
    expect(asked.filter((request) => request.startsWith('DELETE'))).toHaveLength(push === 202 ? 1 : 0);
  });
});

describe('where tokens say their rights', () => {
  it('nothing is tried but a pull', async () => {
    const asked = registry({ [TAGS]: 200 }, ['pull']);
    expect(await ask(subject)).toMatchObject([
      { rights: rights('pull'), pull: 'empty', isPublic: false },
      { rights: rights('pull'), pull: 'refused' },
    ]);
    expect(asked).toEqual([TAGS, 'GET kong/release/tags/list']);
  });

  it('a probe tries what a pull token is not to do, and what it shows counts', async () => {
    const asked = registry({ [TAGS]: 200, [UPLOAD]: 202 }, ['pull']);
    expect(await ask(subject, true)).toMatchObject([{ rights: rights('pull', 'push') }, { rights: rights('pull') }]);
    expect(asked).toContain('DELETE kong/nightly/u');
    expect(asked.filter((request) => request.startsWith('PUT'))).toEqual([]);
  });

  it('a probe that is deleted shows the right to delete', async () => {
    const put = { 'PUT kong/nightly/u': 201 };
    registry({ [TAGS]: 200, [UPLOAD]: 202, ...put }, ['pull', 'push']);
    const before = jest.mocked(fetch).getMockImplementation() as typeof fetch;
    jest.mocked(fetch).mockImplementation(async (input, init) => {
      if (!`${input}`.includes('/manifests/')) return before(input, init);
      return new Response('', { status: init?.method === 'PUT' ? 201 : 202 });
    });
    expect(await ask({ ...pusher, actions: ['pull', 'push'] }, true)).toMatchObject([
      { probe: { kind: 'deleted' }, rights: rights('pull', 'push', 'delete') },
      { rights: rights('pull', 'push') },
    ]);
  });

  it('everybody is asked about only where the token is not to pull', async () => {
    registry({ [TAGS]: 200 }, ['pull']);
    const open = await ask({ ...subject, own: [], others: ['kong/nightly'] });
    expect(open).toMatchObject([{ repository: 'kong/nightly', isPublic: true }]);
    expect(await ask({ ...subject, others: [] })).toMatchObject([{ isPublic: false }]);
  });

  it.each([
    ['was not pulled from', 404, 'absent'],
    ['was pulled from', 200, 'refused'],
  ])('a probe at a repository that %s and is said not to be there', async (_, pull, kind) => {
    registry({ [TAGS]: pull, [UPLOAD]: 404 }, ['pull', 'push', 'delete']);
    expect(await ask({ ...pusher, others: [] }, true)).toMatchObject([{ probe: { kind } }]);
  });

  it('a push is probed at its own repositories alone', async () => {
    const asked = registry({ [TAGS]: 200, [UPLOAD]: 202, 'PUT kong/nightly/u': 403 }, ['pull', 'push']);
    expect(await ask(pusher, true)).toMatchObject([{ probe: { kind: 'refused' } }, { probe: undefined }]);
    expect(asked.filter((request) => request.startsWith('PUT'))).toEqual(['PUT kong/nightly/u']);
  });
});
