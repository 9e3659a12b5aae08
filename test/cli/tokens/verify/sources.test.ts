import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { parseDockerConfig } from '../../../../src/cli/docker-config/config';
import { askHelper } from '../../../../src/cli/docker-config/credential-helper';
import { Credential } from '../../../../src/cli/registry/credential';
import { FromDockerConfig } from '../../../../src/cli/tokens/verify/sources/from-docker-config';
import { FromFolder } from '../../../../src/cli/tokens/verify/sources/from-folder';
import { FromStdin } from '../../../../src/cli/tokens/verify/sources/from-stdin';
import type { Search } from '../../../../src/cli/tokens/verify/sources/source';
import type { Subject } from '../../../../src/cli/tokens/verify/subjects';
import { pusher, shared, subject } from './example';
import { dockerConfig, newFolder, removeFolders, write } from './folder';

const TOKEN = 'planted-1f2e';
const before = process.env.PATH;

afterEach(() => {
  process.env.PATH = before;
  removeFolders();
});

/** What was found, and where. */
function found(search: Search): string[] {
  return search.found.map(({ credential, where }) => `${Buffer.from(credential.basic.slice(6), 'base64')} ${where}`);
}

/** Puts a credential helper on the PATH. */
function helper(name: string, script: string): string {
  const folder = newFolder();
  write(folder, `docker-credential-${name}`, `#!/bin/sh\n${script}\n`, 0o700);
  process.env.PATH = `${folder}:${before}`;
  return folder;
}

function entriesOf(text: string) {
  return [...(parseDockerConfig(text)?.entries?.values() ?? [])];
}

describe('a folder', () => {
  it('has a file for each token', async () => {
    const folder = newFolder();
    write(folder, 'nightly-pull', `${TOKEN}\n`);
    expect(found(await new FromFolder(folder).find(subject))).toEqual([`kong:${TOKEN} ${folder}/nightly-pull`]);
    const missing = await new FromFolder(folder).find(pusher);
    expect(missing).toEqual({ found: [], missing: [`there is no file ${folder}/nightly-push`] });
  });

  it.each([0o640, 0o604, 0o610, 0o620, 0o601, 0o644])('refuses a file of mode %o', async (mode) => {
    const folder = newFolder();
    const path = write(folder, 'nightly-pull', TOKEN, mode);
    const message = `${path}: others may read it (mode ${mode.toString(8)}): chmod 600 ${path}`;
    await expect(new FromFolder(folder).find(subject)).rejects.toThrow(message);
  });

  it('asks for the mode of what a link leads to', async () => {
    const folder = newFolder();
    symlinkSync(write(newFolder(), 'elsewhere', TOKEN, 0o644), join(folder, 'nightly-pull'));
    await expect(new FromFolder(folder).find(subject)).rejects.toThrow('others may read it');
  });

  it.each([
    ['', 'it is empty'],
    ['\n', 'it is empty'],
    [`${TOKEN} more`, 'it holds blanks'],
    [`${TOKEN}\n${TOKEN}`, 'it holds blanks, line breaks'],
    [`${TOKEN}ü`, 'characters beyond ASCII'],
  ])('refuses %j, and does not repeat it', async (content, message) => {
    const folder = newFolder();
    write(folder, 'nightly-pull', content);
    const search = new FromFolder(folder).find(subject);
    await expect(search).rejects.toThrow(message);
    await expect(search).rejects.not.toThrow(TOKEN);
  });

  it('refuses what is no file or no folder', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'nightly-pull'), { mode: 0o700 });
    await expect(new FromFolder(folder).find(subject)).rejects.toThrow('nightly-pull: expected a file');
    expect(() => new FromFolder(join(folder, 'none'))).toThrow('is no folder');
  });
});

describe('stdin', () => {
  const read = (text: string) => FromStdin.read(Readable.from([text]));

  it('has tokens by Secret or purpose', async () => {
    const source = await read(JSON.stringify({ 'nightly pull': TOKEN, 'nightly-push': TOKEN, more: 1 }));
    expect(found(await source.find(subject))).toEqual([`kong:${TOKEN} stdin`]);
    expect(found(await source.find(pusher))).toEqual([`kong:${TOKEN} stdin`]);
    expect(await source.find({ ...subject, kind: 'previous', secret: 'old' })).toEqual({
      found: [],
      missing: ['stdin has nothing called "old"'],
    });
  });

  it.each([
    ['', 'got nothing'],
    [`{"nightly-pull": "${TOKEN}`, 'got no JSON'],
    [`"${TOKEN}"`, 'got something else'],
    [`["${TOKEN}"]`, 'got something else'],
  ])('refuses %j, and does not repeat it', async (text, message) => {
    await expect(read(text)).rejects.toThrow(`--stdin: ${message}; expected a JSON object`);
    await expect(read(text)).rejects.not.toThrow(TOKEN);
  });

  it('is not a terminal', async () => {
    const terminal = Object.assign(Readable.from([]), { isTTY: true });
    await expect(FromStdin.read(terminal)).rejects.toThrow('it is a terminal');
  });
});

describe('a docker configuration', () => {
  const source = (text: string, subjects = [subject]) =>
    new FromDockerConfig(write(newFolder(), 'config.json', text), subjects);

  it('has tokens by repository, in all spellings of Docker Hub', async () => {
    for (const host of ['docker.io', 'index.docker.io', 'registry-1.docker.io']) {
      const search = await source(dockerConfig({ [`${host}/kong/nightly`]: `kong:${TOKEN}`, [host]: 'x:y' })).find(
        subject,
      );
      expect(found(search)[0]).toMatch(new RegExp(`^kong:${TOKEN} .*config.json: ${host}/kong/nightly$`));
      expect(search.found).toHaveLength(1);
    }
  });

  it('has two where two spellings differ', async () => {
    const entries = { 'docker.io/kong/nightly': `kong:${TOKEN}`, 'index.docker.io/kong/nightly': 'kong:other' };
    expect(found(await source(dockerConfig(entries)).find(subject))).toHaveLength(2);
  });

  it.each(['https://index.docker.io/v1/', 'docker.io', 'https://registry-1.docker.io'])(
    'has one for all of the registry, %s, which counts for one token alone',
    async (key) => {
      const text = dockerConfig({ [key]: `kong:${TOKEN}` });
      expect(found(await source(text).find(subject))).toHaveLength(1);
      const search = await source(text, [subject, pusher]).find(subject);
      expect(search.found).toEqual([]);
      expect(search.missing[0]).toMatch(/which does not say whose: name one --purpose$/);
      expect(found(await source(text, [subject, pusher]).find(shared))).toEqual([]);
      expect(found(await source(text, [subject, pusher]).find({ ...shared, user: 'kong' }))).toEqual([]);
      const other = dockerConfig({ [key]: `Team:${TOKEN}` });
      expect(found(await source(other, [subject, pusher]).find(shared))).toHaveLength(1);
    },
  );

  it.each(['docker.io/kong/nightly', 'docker.io'])(
    'has no token at %s in place of another: the one before, or a shared account of the same user',
    async (key) => {
      const text = dockerConfig({ [key]: `kong:${TOKEN}` });
      const previous: Subject = { ...subject, kind: 'previous' };
      const account = { ...shared, user: 'Kong' };
      for (const other of [previous, shared, account]) {
        const search = await source(text, [subject, other]).find(other);
        expect(search).toEqual({ found: [], missing: [expect.any(String)] });
      }
      expect(found(await source(text, [subject, previous, account]).find(subject))).toHaveLength(1);
    },
  );

  it('has a shared account where a token would be, told by its user', async () => {
    const text = dockerConfig({ 'docker.io/kong/nightly': `team:${TOKEN}`, 'docker.io': 'kong:other' });
    expect(found(await source(text).find(shared))).toEqual([expect.stringMatching(`^team:${TOKEN} `)]);
  });

  it('has none, is none, or is read by others', async () => {
    expect((await source('{}').find(subject)).missing).toHaveLength(1);
    expect(() => source(`{"auths": "${TOKEN}`)).toThrow(/config.json: it is no docker configuration \(JSON\)$/);
    const open = write(newFolder(), 'config.json', '{}', 0o644);
    expect(() => new FromDockerConfig(open, [])).toThrow('others may read it');
    expect(() => new FromDockerConfig('/nowhere', [])).toThrow('there is no file /nowhere');
  });

  it('asks the helper of the host before the one of all', async () => {
    const folder = helper(
      'own',
      `cat >"$0.asked"; echo "$*" >"$0.args"; echo '{"Username":"kong","Secret":"${TOKEN}"}'`,
    );
    const text = JSON.stringify({
      credsStore: 'none',
      credHelpers: { 'docker.io': 'own', 'https://index.docker.io/v1/': 'own' },
    });
    expect(found(await source(text).find(subject))).toEqual([`kong:${TOKEN} docker-credential-own`]);
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(join(folder, 'docker-credential-own.asked'), 'utf8')).toBe('https://index.docker.io/v1/');
    expect(readFileSync(join(folder, 'docker-credential-own.args'), 'utf8')).toBe('get\n');
  });

  it('may be anything', () => {
    fc.assert(fc.property(fc.json(), (text) => void parseDockerConfig(text)));
    fc.assert(
      fc.property(fc.anything(), (auths) => {
        for (const { credential } of entriesOf(JSON.stringify({ auths }) ?? '')) {
          if (credential !== undefined) expect(credential).toBeInstanceOf(Credential);
        }
      }),
    );
  });

  it('keeps colons in tokens', () => {
    const [entry] = entriesOf(dockerConfig({ a: 'kong:a:b:' }));
    expect(entry?.credential?.equals(new Credential('kong', 'a:b:'))).toBe(true);
    const fields = JSON.stringify({ auths: { a: { username: 'kong', password: 'a:b:' } } });
    expect(entriesOf(fields)[0]?.credential?.equals(new Credential('kong', 'a:b:'))).toBe(true);
  });
});

describe('a credential helper', () => {
  it('may have none', async () => {
    helper('none', 'echo "credentials not found in native keychain"; exit 1');
    expect(await askHelper('none', 'r.example')).toBeUndefined();
  });

  it.each([
    [
      'fails',
      `echo ${TOKEN}; echo ${TOKEN} >&2; exit 3`,
      'docker-credential-own gives no credential for r.example (exit code 3)',
    ],
    [
      'says something else',
      `echo ${TOKEN}`,
      'docker-credential-own answers for r.example with something else than a user name and a token',
    ],
    [
      'has a token of another protocol',
      `echo '{"Username":"<token>","Secret":"${TOKEN}"}'`,
      'something else than a user name and a token',
    ],
  ])('is not repeated when it %s', async (_, script, message) => {
    helper('own', script);
    const asked = askHelper('own', 'r.example');
    await expect(asked).rejects.toThrow(message);
    await expect(asked).rejects.not.toThrow(TOKEN);
  });

  it('is there, and is a program of that name', async () => {
    await expect(askHelper('not-there', 'r.example')).rejects.toThrow(
      'docker-credential-not-there cannot be run (ENOENT)',
    );
    await expect(askHelper('../evil', 'r.example')).rejects.toThrow('names a credential helper that cannot be one');
  });
});
