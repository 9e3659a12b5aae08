/** Rights of tokens, by token and repository. */
export interface Rights {
  readonly [token: string]: { readonly [repository: string]: string[] };
}

/**
 * Has fetch answer as the registry registry.example and its token service would. It knows no user but kong.
 *
 * @param rights what each token may do
 */
export function fakeRegistry(rights: Rights): void {
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const { hostname, pathname, searchParams } = new URL(`${input}`);
    const authorization = new Headers(init?.headers).get('authorization') ?? '';
    return hostname === 'auth.example' ? token(authorization, searchParams) : registry(pathname, authorization);
  });

  function token(authorization: string, query: URLSearchParams): Response {
    const [, token = ''] = /^kong:(.*)$/.exec(decoded(authorization)) ?? [];
    const [, name = '', asked = ''] = /^repository:(.*):(.*)$/.exec(query.get('scope') ?? '') ?? [];
    const account = authorization === '' ? {} : rights[token];
    if (account === undefined) return new Response(`planted ${authorization}`, { status: 401 });
    const actions = asked.split(',').filter((action) => account[name]?.includes(action));
    const access = [{ type: 'repository', name, actions }];
    const payload = { aud: 'registry', exp: Date.now() / 1000 + 300, access };
    return Response.json({ token: [{ alg: 'ES256' }, payload, 'signature'].map(coded).join('.') });
  }
}

function registry(path: string, authorization: string): Response {
  const [, name] = /^\/v2\/(.+)\/(tags|manifests)\//.exec(path) ?? [];
  const payload = decoded(authorization.split('.')[1] ?? '');
  if (name === undefined || !payload.includes(`"name":"${name}","actions":["pull"`)) {
    const challenge = 'Bearer realm="https://auth.example/token",service="registry"';
    return new Response('', { status: 401, headers: { 'www-authenticate': challenge } });
  }
  return path.includes('/tags/') ? Response.json({ name, tags: ['1'] }) : new Response('{}');
}

function coded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decoded(text: string): string {
  return Buffer.from(text.replace(/^Basic /, ''), 'base64url').toString();
}
