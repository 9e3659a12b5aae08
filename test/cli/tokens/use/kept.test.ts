import fc from 'fast-check';
import { keptOf } from '../../../../src/cli/tokens/use/kept';
import { base64, PLANTED } from './objects';

const wanted = { registries: ['docker.io', 'registry.example.com:5000'], users: ['kong', 'teamaccount'] };
const kept = (auths: object) => keptOf(JSON.stringify({ auths }), false, wanted);

describe('a docker configuration', () => {
  it('gives keys and known users of wanted registries, and counts the others', () => {
    const auths = {
      'https://index.docker.io/v1/': { auth: base64(`kong:${PLANTED}`) },
      'docker.io/kong/x': { username: 'TeamAccount', password: PLANTED },
      'registry.example.com:5000': { auth: base64(`somebody:${PLANTED}`) },
      'quay.io': { auth: base64(`kong:${PLANTED}`) },
      'not a host': { username: 'kong' },
    };
    expect(kept(auths)).toEqual({
      entries: [
        { registry: 'docker.io', host: 'index.docker.io', path: '', user: 'kong' },
        { registry: 'docker.io', host: 'docker.io', path: 'kong/x', user: 'teamaccount' },
        { registry: 'registry.example.com:5000', host: 'registry.example.com:5000', path: '' },
      ],
      others: 2,
      elsewhere: false,
    });
  });

  it('takes what is under auth first, with and without padding', () => {
    const auth = base64('kong:pw').replace(/=+$/, '');
    expect(kept({ 'docker.io': { auth, username: 'teamaccount' } })?.entries[0]?.user).toBe('kong');
    expect(kept({ 'docker.io': { auth: '', username: 'teamaccount' } })?.entries[0]?.user).toBe('teamaccount');
    expect(kept({ 'docker.io': { auth: base64('kong:a:b') } })?.entries[0]?.user).toBe('kong');
  });

  it('has in its old form what the new one has under auths', () => {
    const old = keptOf(JSON.stringify({ 'docker.io': { username: 'kong', password: PLANTED } }), true, wanted);
    expect(old).toEqual({
      entries: [{ registry: 'docker.io', host: 'docker.io', path: '', user: 'kong' }],
      others: 0,
      elsewhere: false,
    });
  });

  it('may have its base64 on many lines, as tools write it', () => {
    const auth = base64(`kong:${'p'.repeat(100)}`);
    for (const end of ['\n', '\r\n']) {
      const lines = auth.replace(/.{64}/g, `$&${end}`) + end;
      expect(lines.split(end).length).toBeGreaterThan(2);
      expect(kept({ 'docker.io': { auth: lines } })?.entries[0]?.user).toBe('kong');
    }
  });

  it.each([
    ['half of its padding', base64('kong:ab').replace(/==$/, '=')],
    ['a blank', ` ${base64('kong:pw')}`],
    ['one letter too many', 'a29uZzpwd'],
  ])('is malformed with %s in auth, as for the kubelet', (_, auth) => {
    expect(kept({ 'docker.io': { auth } })).toBeUndefined();
  });

  it.each([
    ['a store', { credsStore: 'desktop' }],
    ['a helper', { auths: {}, credHelpers: { 'docker.io': 'desktop' } }],
    ['an entry that docker left empty', { auths: { 'https://index.docker.io/v1/': {} } }],
    ['a token that the kubelet does not read', { auths: { 'docker.io': { auth: '', identitytoken: PLANTED } } }],
  ])('has its credential elsewhere with %s', (_, config) => {
    expect(keptOf(JSON.stringify(config), false, wanted)).toEqual({ entries: [], others: 0, elsewhere: true });
  });

  it.each([
    ['no JSON', PLANTED],
    ['a list', '[]'],
    ['a word', '"x"'],
    ['null', 'null'],
    ['entries that are none', '{"auths": 1}'],
    ['an entry that is none', '{"auths": {"docker.io": null}}'],
    ['a user that is none', '{"auths": {"docker.io": {"username": 1}}}'],
    ['auth that is no base64', '{"auths": {"docker.io": {"auth": "kong:pw"}}}'],
    ['auth without a password', `{"auths": {"docker.io": {"auth": "${base64('kong')}"}}}`],
  ])('is malformed with %s, and nothing is thrown', (_, text) => {
    expect(keptOf(text, false, wanted)).toBeUndefined();
  });

  it('is fine without entries', () => {
    for (const text of ['{}', '{"auths": null, "credsStore": "", "credHelpers": {}}'])
      expect(keptOf(text, false, wanted)).toEqual({ entries: [], others: 0, elsewhere: false });
  });

  it('never gives a password, a token or a user that nobody asked for, wherever they are', () => {
    const secret = fc.constantFrom(PLANTED, `a${PLANTED}`, `${PLANTED}:x`);
    const text = fc.oneof(secret, fc.string(), fc.constant('kong'));
    const entry = fc.record(
      {
        username: text,
        password: text,
        email: text,
        identitytoken: text,
        registrytoken: text,
        auth: fc.oneof(
          text,
          fc.tuple(text, text).map(([user, password]) => base64(`${user}:${password}`)),
        ),
      },
      { requiredKeys: [] },
    );
    const key = fc.constantFrom(
      'docker.io',
      `https://kong:${PLANTED}@index.docker.io/v1/`,
      `docker.io/kong?token=${PLANTED}`,
      `docker.io/#${PLANTED}`,
      `${PLANTED}@docker.io`,
      PLANTED,
    );
    fc.assert(
      fc.property(fc.dictionary(key, entry), fc.boolean(), (auths, old) => {
        const given = keptOf(JSON.stringify(old ? auths : { auths }), old, wanted);
        expect(JSON.stringify(given) ?? '').not.toContain(PLANTED);
      }),
    );
  });

  it('throws at no text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.boolean(), (text, old) => void keptOf(text, old, wanted)),
    );
  });
});
