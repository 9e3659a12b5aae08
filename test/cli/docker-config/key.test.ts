import fc from 'fast-check';
import { covers, isLastResort, keyText, parseKey, registriesFor } from '../../../src/cli/docker-config/key';

const parsed = (key: string) => parseKey(key) ?? { host: '', path: '' };

describe('a key', () => {
  it.each([
    ['docker.io', 'docker.io', ''],
    ['https://index.docker.io/v1/', 'index.docker.io', ''],
    ['http://Registry.Example.COM:5000/v2/', 'registry.example.com:5000', ''],
    ['https://docker.io/v1', 'docker.io', ''],
    ['docker.io/v2/kong/x', 'docker.io', 'kong/x'],
    ['docker.io/v2beta/x', 'docker.io', 'v2beta/x'],
    ['docker.io/kong/x', 'docker.io', 'kong/x'],
    ['docker.io/kong/', 'docker.io', 'kong/'],
    ['https://user:pw@docker.io/kong?x=y#z', 'docker.io', 'kong'],
    ['*.example.com', '*.example.com', ''],
  ])('%s has the host %s and the path "%s"', (key, host, path) => {
    expect(parseKey(key)).toEqual({ host, path });
  });

  it.each(['', '/', 'https://', 'a b', 'docker.io/a b', 'docker.io/\n', '[::1]:5000'])('"%s" is none', (key) => {
    expect(parseKey(key)).toBeUndefined();
  });

  it.each([
    ['docker.io', ['docker.io']],
    ['https://index.docker.io/v1/', ['docker.io']],
    ['registry-1.docker.io/kong/x', ['docker.io']],
    ['https://registry.hub.docker.com/v2/', ['docker.io']],
    ['docker.io:443', []],
    ['notdocker.io', []],
    ['docker.io.evil.com', []],
    ['ghcr.io', ['ghcr.io']],
    ['*.io', ['docker.io', 'ghcr.io']],
  ])('%s is for %j', (key, registries) => {
    expect(registriesFor(parsed(key), ['docker.io', 'ghcr.io'])).toEqual(registries);
  });

  it.each([
    ['docker.io', true],
    ['docker.io/kong', true],
    ['docker.io/kong/app', true],
    ['docker.io/kong/ap', true],
    ['docker.io/kong/app/more', false],
    ['docker.io/other', false],
    ['*.io', true],
    ['d*r.io', true],
    ['d?cker.io', false],
    ['*', false],
    ['*.docker.io', false],
    // References to index.docker.io become ones to docker.io before a key is looked for.
    ['index.docker.io/kong/app', false],
    ['https://index.docker.io/v1/', false],
    ['registry-1.docker.io', false],
  ])('%s fits docker.io/kong/app: %s', (key, fits) => {
    expect(covers(parsed(key), 'docker.io', 'kong/app')).toBe(fits);
  });

  it('is a last resort for Docker Hub in one spelling', () => {
    expect(isLastResort(parsed('https://index.docker.io/v1/'))).toBe(true);
    expect(isLastResort(parsed('docker.io'))).toBe(false);
    expect(isLastResort(parsed('index.docker.io/kong'))).toBe(false);
  });

  it('is the same when it is written and read again, and no text makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string(), fc.domain()), (text) => {
        const key = parseKey(text);
        const again = key && parseKey(keyText(key));
        fc.pre(key === undefined || !/^(v[12])?(\/|$)/.test(key.path));
        expect(again).toEqual(key);
      }),
    );
  });
});
