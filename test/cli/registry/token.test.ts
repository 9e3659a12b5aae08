import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { Credential } from '../../../src/cli/registry/credential';
import { readToken } from '../../../src/cli/registry/token';

const NOW = new Date('2026-01-01T00:00:00Z');
const seconds = NOW.getTime() / 1000;
const access = [{ type: 'repository', name: 'kong/a', actions: ['pull'] }];
const good = { aud: 'registry', exp: seconds + 300, access };

function coded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function jwt(payload: object, header: object = { alg: 'ES256' }, signature = 'c2ln'): string {
  return `${coded(header)}.${coded(payload)}.${signature}`;
}

describe('a token of a token service', () => {
  it('says its rights', () => {
    expect(readToken(jwt(good), 'registry', NOW)).toEqual({ kind: 'access', access });
    expect(readToken(jwt({ ...good, aud: ['x', 'registry'] }), 'registry', NOW)).toMatchObject({ kind: 'access' });
    expect(readToken(jwt({ ...good, access: null }), 'registry', NOW)).toEqual({ kind: 'access', access: [] });
  });

  it.each([
    ['cut short after two parts', jwt(good).split('.').slice(0, 2).join('.'), 'the token is cut short'],
    ['cut short in its payload', `${jwt(good).split('.')[0]}.eyJ`, 'the token is cut short'],
    ['of a payload that is no JSON', `${coded({ alg: 'ES256' })}.AAAA.c2ln`, 'the token is cut short'],
    ['without a signature', jwt(good, { alg: 'ES256' }, ''), 'the token is not signed'],
    ['unsigned', jwt(good, { alg: 'none' }, ''), 'the token is not signed'],
    ['unsigned with something like a signature', jwt(good, { alg: 'NONE' }), 'the token is not signed'],
    ['without an algorithm', jwt(good, { typ: 'JWT' }), 'the token is not signed'],
    ['for another service', jwt({ ...good, aud: 'other' }), 'the token is for another service'],
    ['for no service', jwt({ ...good, aud: undefined }), 'the token is for another service'],
    ['expired', jwt({ ...good, exp: seconds - 61 }), 'the token has already expired: are both clocks right?'],
    [
      'without rights, and expired',
      jwt({ exp: seconds - 61 }),
      'the token has already expired: are both clocks right?',
    ],
    ['for ever', jwt({ ...good, exp: undefined }), 'the token does not say how long it is valid'],
    ['for later', jwt({ ...good, nbf: seconds + 61 }), 'the token is not valid yet: are both clocks right?'],
    ['of rights that are none', jwt({ ...good, access: [{ name: 1 }] }), 'the rights in the token cannot be read'],
    ['with a line break', 'abc\r\nX-Header: 1', 'the token has characters that none may have'],
  ])('is unusable: %s', (_, token, reason) => {
    expect(readToken(token, 'registry', NOW)).toEqual({ kind: 'unusable', reason });
  });

  it('is opaque when it is no JWT, or one without rights', () => {
    expect(readToken('djE6a29uZzpzZWNyZXQ=', 'registry', NOW)).toEqual({ kind: 'opaque' });
    expect(readToken(coded({ payload: 'abc', type: 'DATA_KEY' }), 'registry', NOW)).toEqual({ kind: 'opaque' });
    expect(readToken(jwt({ ...good, access: undefined }), 'registry', NOW)).toEqual({ kind: 'opaque' });
    expect(readToken(jwt({ exp: seconds + 300, UserID: 7 }), 'registry', NOW)).toEqual({ kind: 'opaque' });
    expect(readToken(jwt({ aud: '*@*', scp: 'all' }), 'registry', NOW)).toEqual({ kind: 'opaque' });
  });

  it('may be anything, and is not repeated', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `eyJ${text}`),
        ),
        (token) => {
          const reading = readToken(token, 'registry', NOW);
          expect(reading.kind).not.toBe('access');
        },
      ),
    );
  });
});

describe('a credential', () => {
  it('does not show its token, however it is printed', () => {
    const credential = new Credential('kong', 'planted');
    const shown = [
      inspect(credential, { showHidden: true, depth: 9 }),
      JSON.stringify({ credential }),
      `${credential}`,
    ];
    expect(shown.join()).not.toMatch(/planted|a29uZzpwbGFudGVk/);
    expect(credential.basic).toBe('Basic a29uZzpwbGFudGVk');
  });
});
