import fc from 'fast-check';
import { manifestsOf, RegistrySide, registryRoutes } from '../../../src/mirror/envoy/registry-routes';

const hex = 'a'.repeat(64);
/** Envoy matches the whole of a value. */
const matches = (regex: string, path: string) => new RegExp(`^(?:${regex})$`).test(path);
const pathOf = (route: ReturnType<typeof registryRoutes>[number]) =>
  route.match.headers?.find(({ name }) => name === ':path')?.string_match.safe_regex.regex ?? '';

const toSpegel = (side: RegistrySide) =>
  registryRoutes(side, ['a.io/b']).filter(({ route }) => route?.cluster === 'spegel');

describe('the routes to Spegel', () => {
  it.each([RegistrySide.ENTRY, RegistrySide.PEERS])('are these at %s', (side) => {
    expect(registryRoutes(side, ['docker.io/library/*', 'ghcr.io/org/tool'])).toMatchSnapshot();
  });

  it('refuse every method but GET and HEAD first', () => {
    const [first] = registryRoutes(RegistrySide.ENTRY, []);
    expect(first).toEqual({
      match: {
        prefix: '/',
        headers: [{ name: ':method', string_match: { safe_regex: { regex: 'GET|HEAD' } }, invert_match: true }],
      },
      direct_response: { status: 405 },
    });
  });

  it('name methods and a whole path each', () => {
    for (const side of [RegistrySide.ENTRY, RegistrySide.PEERS]) {
      for (const { match } of registryRoutes(side, ['docker.io/library/*']).slice(1)) {
        expect(match.headers?.map(({ name }) => name)).toEqual([':method', ':path']);
        expect(['GET', 'HEAD', 'GET|HEAD']).toContain(match.headers?.[0]?.string_match.safe_regex.regex);
      }
    }
  });

  it('strip the mirror header at the entry and force it for peers', () => {
    for (const route of toSpegel(RegistrySide.ENTRY)) {
      expect(route.request_headers_to_remove).toContain('x-spegel-mirrored');
      expect(route.request_headers_to_add).toBeUndefined();
    }
    for (const route of toSpegel(RegistrySide.PEERS)) {
      expect(route.request_headers_to_add).toEqual([
        { header: { key: 'x-spegel-mirrored', value: 'true' }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' },
      ]);
    }
  });

  it('take no credential in and give no challenge out', () => {
    for (const side of [RegistrySide.ENTRY, RegistrySide.PEERS]) {
      for (const route of toSpegel(side)) expect(route.request_headers_to_remove).toContain('authorization');
      for (const route of registryRoutes(side, ['a.io/b']).slice(1)) {
        expect(route.response_headers_to_remove).toEqual(['www-authenticate']);
      }
    }
  });

  it('lead to a peer at the entry alone, and only where its address was found', () => {
    const direct = (side: RegistrySide) =>
      registryRoutes(side, ['a.io/b']).filter(({ route }) => route?.cluster === 'peer-registry');
    expect(direct(RegistrySide.PEERS)).toEqual([]);
    expect(direct(RegistrySide.ENTRY)).toMatchObject([
      {
        match: {
          dynamic_metadata: [{ filter: 'secured-mirror', path: [{ key: 'address' }], value: { present_match: true } }],
        },
      },
    ]);
  });

  it('lead to blobs only, unless a repository is public', () => {
    const paths = registryRoutes(RegistrySide.ENTRY, []).slice(1).map(pathOf);
    expect(paths).toHaveLength(3);
    const [blobs = ''] = paths;
    expect(new Set(paths)).toEqual(new Set([blobs]));
    expect(matches(blobs, `/v2/library/alpine/blobs/sha256:${hex}?ns=docker.io`)).toBe(true);
    for (const path of [
      `/v2/library/alpine/manifests/sha256:${hex}?ns=docker.io`,
      '/v2/library/alpine/manifests/latest?ns=docker.io',
      `/v2/library/alpine/blobs/sha256:${hex}`,
      `/v2/library/alpine/blobs/sha256:${hex}?ns=docker.io&ns=ghcr.io`,
      `/v2/library/alpine/blobs/sha256:${hex}?n%73=ghcr.io&ns=docker.io`,
      `/v2/library/alpine/blobs/sha256:${hex.slice(1)}?ns=docker.io`,
      `/v2/library/alpine/blobs/uploads/?ns=docker.io`,
      `/v2/Library/alpine/blobs/sha256:${hex}?ns=docker.io`,
      `/v2/../blobs/sha256:${hex}?ns=docker.io`,
      `/v2/a/manifests/sha256:${hex}/blobs/sha256:${hex}?ns=docker.io`,
      '/v2/?ns=docker.io',
      '/v2/_catalog?ns=docker.io',
      '/v2/library/alpine/tags/list?ns=docker.io',
    ]) {
      expect({ path, taken: matches(blobs, path) }).toEqual({ path, taken: false });
    }
  });
});

describe('the manifests of a repository', () => {
  const component = fc.stringMatching(/^[a-z0-9]{1,8}([._-][a-z0-9]{1,8}){0,2}$/);
  const host = fc.stringMatching(/^[a-z]{1,6}([.][a-z]{2,6}){1,2}$/);
  const path = fc.array(component, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  const reference = fc.oneof(fc.constant(`sha256:${hex}`), fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/));

  it('are those of this very repository', () => {
    fc.assert(
      fc.property(host, path, path, reference, host, (registry, repository, other, ref, otherHost) => {
        const regex = manifestsOf(`${registry}/${repository}`);
        const taken = (name: string, ns: string) => matches(regex, `/v2/${name}/manifests/${ref}?ns=${ns}`);
        expect(taken(repository, registry)).toBe(true);
        expect(taken(other, registry)).toBe(other === repository);
        expect(taken(repository, otherHost)).toBe(otherHost === registry);
        expect(taken(`${repository}/${other}`, registry)).toBe(false);
      }),
    );
  });

  it('are those of all repositories below a wildcard, and not of the folder itself', () => {
    fc.assert(
      fc.property(host, path, path, reference, (registry, folder, below, ref) => {
        const regex = manifestsOf(`${registry}/${folder}/*`);
        const taken = (name: string) => matches(regex, `/v2/${name}/manifests/${ref}?ns=${registry}`);
        expect(taken(`${folder}/${below}`)).toBe(true);
        expect(taken(folder)).toBe(false);
        expect(taken(`${folder}${below}`)).toBe(false);
        expect(taken(below)).toBe(below.startsWith(`${folder}/`));
      }),
    );
  });

  it('are not widened by a dot', () => {
    expect(matches(manifestsOf('docker.io/a.b'), '/v2/axb/manifests/1?ns=docker.io')).toBe(false);
    expect(matches(manifestsOf('docker.io/a.b'), '/v2/a.b/manifests/1?ns=dockerxio')).toBe(false);
  });
});
