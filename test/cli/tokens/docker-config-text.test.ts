import fc from 'fast-check';
import { defaultFile } from '../../../src/cli/tokens/docker-config/file';
import { entryOf, keysFor, rivalsOf } from '../../../src/cli/tokens/docker-config/keys';
import { hostNotes, readerOf } from '../../../src/cli/tokens/docker-config/reach';
import { configIn, entryAt, holderOf, withEntries } from '../../../src/cli/tokens/docker-config/text';
import type { RegistryDriver } from '../../../src/tokens/props/organization-tokens-props';
import { resolveTokens } from '../../../src/tokens/resolve';
import { example } from '../../tokens/ledger-example';

const KEY = 'https://index.docker.io/v1/';
const tokens = resolveTokens(example).tokens;
const token = tokens[1] ?? fail();
const wanted = entryOf('kong', 'secret:1');

function fail(): never {
  throw new Error('no such token');
}

describe('a docker configuration', () => {
  it('gets an entry, and keeps all else with its indentation', () => {
    const others = fc.dictionary(
      fc.oneof(fc.domain(), fc.constantFrom('https://ghcr.io', 'docker.io/a/b', '__proto__')),
      fc.oneof(fc.record({ auth: fc.base64String() }), fc.record({ identitytoken: fc.string() }), fc.constant({})),
    );
    const config = fc.record(
      {
        auths: others,
        credHelpers: fc.dictionary(fc.domain(), fc.string()),
        credsStore: fc.string(),
        HttpHeaders: fc.jsonValue({ noUnicodeString: false }),
        proxies: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const layout = fc.record({ indent: fc.constantFrom('\t', '  ', '    '), end: fc.constantFrom('', '\n') });
    fc.assert(
      fc.property(config, layout, fc.string(), (before, { indent, end }, value) => {
        const text = JSON.stringify(before, null, indent) + end;
        const after = withEntries(text, [KEY], entryOf('kong', value));
        const { auths, ...rest } = JSON.parse(after);
        const { auths: had = {}, ...others } = JSON.parse(text);
        expect(rest).toStrictEqual(others);
        expect(Buffer.from(auths[KEY].auth, 'base64').toString()).toBe(`kong:${value}`);
        expect(Object.entries(auths).filter(([key]) => key !== KEY)).toStrictEqual(Object.entries(had));
        if (Object.keys(before).length > 0) {
          expect(after).toBe(JSON.stringify(JSON.parse(after), null, indent) + end);
        }
        expect(withEntries(after, [KEY], entryOf('kong', value))).toBe(after);
      }),
    );
  });

  it('is made as docker makes it where there is none', () => {
    expect(withEntries('', [KEY], wanted)).toBe(
      `{\n\t"auths": {\n\t\t"${KEY}": {\n\t\t\t"auth": "${wanted.auth}"\n\t\t}\n\t}\n}\n`,
    );
  });

  it.each(['{', 'secret', '[]', 'null', '{"auths": []}', '{"auths": {}, "credHelpers": "secret"}'])(
    'is not %s',
    (text) => {
      expect(configIn(text)).toBeUndefined();
    },
  );

  it.each([
    ['nobody', undefined],
    ['nobody', {}],
    ['nobody', { auth: '' }],
    ['same', wanted],
    ['same user', entryOf('kong', 'other')],
    ['same user', { username: 'kong', password: 'other' }],
    ['other', entryOf('alice', 'secret:1')],
    ['other', { username: 'alice' }],
    ['other', { auth: 'no base64 of a user' }],
    ['other', { identitytoken: 'x' }],
    ['other', 'text'],
  ])('tells who has an entry: %s for %j', (holder, entry) => {
    expect(holderOf(entry, 'kong', wanted)).toBe(holder);
  });

  it('finds an entry under older spellings of a host, as docker does, but not under a repository', () => {
    expect(entryAt({ 'https://ghcr.io': 1 }, 'ghcr.io')).toBe(1);
    expect(entryAt({ 'ghcr.io/kong/a': 1 }, 'ghcr.io')).toBeUndefined();
    expect(entryAt({ constructor: 1 }, 'toString')).toBeUndefined();
  });
});

describe('keys', () => {
  it('are the host for docker, and the repository for containers tools', () => {
    expect(keysFor('docker', token)).toEqual([KEY]);
    expect(keysFor('docker', { ...token, registry: 'ghcr.io' })).toEqual(['ghcr.io']);
    expect(keysFor('containers', token)).toEqual(['docker.io/kong/nightly-ingress-controller']);
  });

  it('are shared by all tokens of a host with docker, and by those of a repository with containers tools', () => {
    const purposes = (tool: 'docker' | 'containers') => rivalsOf(tool, token, tokens).map(({ purpose }) => purpose);
    expect(purposes('docker')).toHaveLength(3);
    expect(purposes('containers')).toEqual(['nightly-ingress-controller push']);
  });
});

describe('what is said of other images', () => {
  const said = (reader: string, file: string, registry = 'docker.io', driver: RegistryDriver = 'docker-hub') =>
    hostNotes(reader, file, { ...token, registry, driver }).join('\n');

  it('has the way to keep them where docker looks by itself, and not where the token is in a folder of its own', () => {
    const refused = 'for every image. Docker Hub refuses it for all but kong/nightly-ingress-controller, public images';
    const remedy =
      '"docker logout", and give it a folder of its own: DOCKER_CONFIG=~/.docker-nightly-ingress-controller';
    expect(said('docker', defaultFile('docker', {}))).toContain(refused);
    expect(said('docker', defaultFile('docker', {}))).toContain(remedy);
    expect(said('docker', '/elsewhere/config.json')).toContain(refused);
    expect(said('docker', '/elsewhere/config.json')).not.toContain('docker logout');
  });

  it('claims no more than was seen, at other registries', () => {
    expect(said('docker', '/elsewhere/config.json', 'ghcr.io', 'ghcr')).toContain('ghcr.io may refuse it for all but');
  });

  it('is nothing for those who know repositories', () => {
    const folder = '/b/config/registry-1.docker.io/kong/nightly-ingress-controller/config.json';
    expect(readerOf('docker', folder, token)).toBe('Buildx (0.31.0 or newer)');
    expect(readerOf('docker', '/b/config/registry-1.docker.io/kong/other/config.json', token)).toBe('docker');
    expect(said(readerOf('docker', folder, token), folder)).toBe('');
    expect(said(readerOf('containers', 'auth.json', token), 'auth.json')).toBe('');
  });
});
