import * as fc from 'fast-check';
import { authSchemeIn } from '../../../src/cli/registry/auth-scheme';
import { challengesOf } from '../../../src/cli/registry/challenge';

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9!#$%&'*+.^_`|~-]{0,8}$/);
const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
const value = fc.string({ unit: 'grapheme-ascii' });
const challenge = fc.record({
  scheme: word,
  parameters: fc.uniqueArray(fc.tuple(word, value), { selector: ([name]) => name.toLowerCase(), maxLength: 4 }),
});

describe('challenges of WWW-Authenticate', () => {
  it('are read as they were written, however they are spaced', () => {
    fc.assert(
      fc.property(fc.array(challenge, { maxLength: 4 }), fc.constantFrom(',', ', ', ' ,\t', ',,'), (all, comma) => {
        const texts = all.map(({ scheme, parameters }) =>
          `${scheme} ${parameters.map(([name, text]) => `${name}=${quoted(text)}`).join(comma)}`.trim(),
        );
        expect(
          challengesOf(texts.join(comma)).map(({ scheme, parameters }) => ({ scheme, parameters: [...parameters] })),
        ).toEqual(
          all.map(({ scheme, parameters }) => ({
            scheme: scheme.toLowerCase(),
            parameters: parameters.map(([name, text]) => [name.toLowerCase(), text]),
          })),
        );
      }),
    );
  });

  it('may be anything', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => challengesOf(text)).not.toThrow();
      }),
    );
  });

  it.each([
    ['Negotiate abc==, Basic realm=x', ['negotiate', 'basic']],
    ['Basic', ['basic']],
    ['realm="x", Basic', []],
    ['Bearer realm="a,b", scope="Basic realm"', ['bearer']],
    ['Bearer realm="open', ['bearer']],
  ])('of %s', (header, schemes) => {
    expect(challengesOf(header).map(({ scheme }) => scheme)).toEqual(schemes);
  });

  it('count the first of two parameters of one name', () => {
    expect(challengesOf('Bearer realm="https://a",REALM="https://b"')[0]?.parameters.get('realm')).toBe('https://a');
  });
});

describe('how a registry wants to be asked', () => {
  it('is with a token before basic authentication', () => {
    const scheme = authSchemeIn('r.example', 'Basic realm="r", Bearer realm="https://t.example/token?a=b",service="s"');
    expect(scheme).toEqual({ kind: 'bearer', realm: new URL('https://t.example/token?a=b'), service: 's' });
    expect(authSchemeIn('r.example', 'Basic realm="r"')).toEqual({ kind: 'basic' });
  });

  it.each([
    ['Bearer realm="http://t.example/token"', /without TLS: no token is sent to http:\/\/, only to https:\/\/$/],
    ['Bearer realm="http://localhost/token"', /without TLS/],
    ['Bearer realm="file:///etc/passwd"', /without TLS/],
    ['Bearer realm="https://user:word@t.example/"', /whose URL carries a credential: it is not asked$/],
    ['Bearer realm="token"', /no realm that is a URL$/],
    ['Bearer service="s"', /no realm that is a URL$/],
    ['Negotiate', /names no known auth scheme: expected Bearer or Basic$/],
    ['', /names no known auth scheme/],
  ])('is not %s', (header, message) => {
    expect(() => authSchemeIn('r.example', header)).toThrow(message);
  });
});
