import fc from 'fast-check';
import { entryAt, parseDockerConfig } from '../../../src/cli/docker-config/config';
import { authEntry, withEntries } from '../../../src/cli/docker-config/edit';
import { entryIn } from '../../../src/cli/docker-config/entry';
import { holderInFile } from '../../../src/cli/tokens/docker-config/holder';

const KEY = 'https://index.docker.io/v1/';
const wanted = authEntry('kong', 'secret:1');

function fail(): never {
  throw new Error('no entries');
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
        const after = withEntries(text, [KEY], authEntry('kong', value));
        const { auths, ...rest } = JSON.parse(after);
        const { auths: had = {}, ...others } = JSON.parse(text);
        expect(rest).toStrictEqual(others);
        expect(Buffer.from(auths[KEY].auth, 'base64').toString()).toBe(`kong:${value}`);
        expect(Object.entries(auths).filter(([key]) => key !== KEY)).toStrictEqual(Object.entries(had));
        if (Object.keys(before).length > 0) {
          expect(after).toBe(JSON.stringify(JSON.parse(after), null, indent) + end);
        }
        expect(withEntries(after, [KEY], authEntry('kong', value))).toBe(after);
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
      const config = parseDockerConfig(text);
      expect(config?.entries && config.helpers).toBeUndefined();
    },
  );

  it.each([
    ['nobody', undefined],
    ['nobody', {}],
    ['nobody', { auth: '' }],
    ['same', wanted],
    ['same user', authEntry('kong', 'other')],
    ['same user', { username: 'kong', password: 'other' }],
    ['other', authEntry('alice', 'secret:1')],
    ['other', { username: 'alice' }],
    ['other', { auth: 'no base64 of a user' }],
    ['other', { identitytoken: 'x' }],
    ['other', 'text'],
  ])('tells who has an entry: %s for %j', (holder, entry) => {
    expect(holderInFile(entry === undefined ? undefined : entryIn(entry), 'kong', wanted)).toBe(holder);
  });

  it('finds an entry under older spellings of a host, as docker does, but not under a repository', () => {
    const entryOf = (key: string) => parseDockerConfig(JSON.stringify({ auths: { [key]: wanted } }))?.entries;
    expect(entryAt(entryOf('https://ghcr.io') ?? fail(), 'ghcr.io')?.auth).toBe(wanted.auth);
    expect(entryAt(entryOf('ghcr.io/kong/a') ?? fail(), 'ghcr.io')).toBeUndefined();
    expect(entryAt(entryOf('constructor') ?? fail(), 'toString')).toBeUndefined();
  });
});
