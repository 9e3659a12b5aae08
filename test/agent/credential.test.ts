import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as fc from 'fast-check';
import { BASIC, Node } from './node';
import { LONG, SHORT, usersIn, versionOf } from './version';

let node: Node;
beforeEach(async () => {
  node = await Node.create();
  node.configure(BASIC);
});
afterEach(() => Node.disposeAll());

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
const injected = () => Buffer.from(node.file('injected').generic_secret.secret.inline_bytes, 'base64').toString();

const character = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...'\'"\\ $`%;&|<>*?[]{}()~#!=@/+-_.,:\t\n', 'ä', '€', '😀') },
  fc.stringMatching(/^[!-~]$/),
);
const password = fc
  .array(character, { minLength: 1, maxLength: 200 })
  .map((parts) => parts.join(''))
  .filter((text) => text !== '\n');
const username = fc
  .array(character, { minLength: 1, maxLength: 30 })
  .map((parts) => parts.join('').replace(/[:\t\n]/g, '_'))
  .filter((text) => !text.startsWith('#'));

describe('a user name and a password', () => {
  it('reach the proxy and containerd as Node would write them', async () => {
    for (const [user, secret] of fc.sample(fc.tuple(username, password), { numRuns: 3, seed: 5 })) {
      const tree = await Node.create({ MIRROR_STRETCH: '' });
      tree.configure(BASIC);
      tree.credential.update({ username: user, password: `${secret}\n` });
      tree.metricsCredential.update({ username: `${user}\n`, password: 'pässword: "x"' });
      expect([await tree.prepare(), tree.log]).toEqual([0, expect.not.stringContaining('waiting')]);
      expect(usersIn(tree.file('users'))).toEqual([versionOf(user, secret, LONG).line]);
      expect(usersIn(tree.file('metrics-users'))).toEqual([versionOf(user, 'pässword: "x"', LONG).plainLine]);
      await tree.dispose();
    }
  });

  it('are encoded and hashed whatever they hold', () => {
    const script = `
      set -u; export LC_ALL=C; MIRROR_STATE_FOLDER=/nowhere
      . "$0/files.sh"; . "$0/credential.sh"
      declare -A accepted=()
      derive_version() { printf -v "$1" 0123abcd; }
      while IFS= read -r -d '' user[credential] && IFS= read -r -d '' password[credential]; do
        unfit credential "\${user[credential]}" "\${password[credential]}" && printf '%s\\n' "\${trouble[credential]}" >&2
        name_version credential || echo failed >&2
        printf '%s:%s\\0Basic %s\\0' "\${login[credential 0123abcd]}" "\${hash[credential 0123abcd]}" \\
          "\${header[credential 0123abcd]}"
      done`;
    const samples = fc.sample(fc.tuple(username, password), { numRuns: 60, seed: 11 });
    const { stdout, stderr } = spawnSync('bash', ['-c', script, resolve(__dirname, '../../src/mirror/node-agent')], {
      input: samples.map(([user, secret]) => `${user}\0${secret}\0`).join(''),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    const expected = samples.map(([user, secret]) => versionOf(user, secret, SHORT, '0123abcd'));
    expect(stdout.split('\0')).toEqual([...expected.flatMap(({ line, header }) => [line, header]), '']);
  });

  const useless: Record<string, [Record<string, string | Buffer>, string]> = {
    'no user name': [{ password: 'x' }, 'the Secret holds no username and password'],
    'no password': [{ username: 'x' }, 'the Secret holds no username and password'],
    'an empty user name': [{ username: '\n', password: 'x' }, 'is empty'],
    'an empty password': [{ username: 'x', password: '\n' }, 'is empty'],
    'a colon in the user name': [
      { username: 'a:b', password: 'x' },
      'the user name of the credential holds a colon, which basic authentication cannot carry',
    ],
    'a comment for a user name': [{ username: '#a', password: 'x' }, 'begins with #'],
    'two lines of user name': [{ username: 'a\nb', password: 'x' }, 'holds a control character'],
    'a user name in another encoding': [{ username: Buffer.from([0x61, 0xe4]), password: 'x' }, 'is not UTF-8'],
    'a NUL': [{ username: 'a', password: 'x\0y' }, 'holds a NUL'],
    'more than 4096 bytes': [{ username: 'a', password: 'x'.repeat(4096) }, 'longer than 4096 bytes'],
  };
  it('of no use do not replace a good one, and are complained about once', async () => {
    const good = versionOf('mirror', 'first');
    node.credential.update({ username: 'mirror', password: 'first' });
    node.start();
    await node.until(() => node.published);
    await node.tick();
    expect(node.report).toContain('secured_mirror_credential_valid 1\n');
    for (const [files, complaint] of Object.values(useless)) {
      const from = node.log.length;
      node.credential.update(files);
      await node.until(() => node.log.slice(from).includes(complaint) || node.log.includes(`${complaint}\n`));
      await node.tick();
      expect(node.log.slice(from).split('\n').length).toBeLessThanOrEqual(2);
      expect([usersIn(node.file('users')), injected()]).toEqual([[good.line], good.header]);
      expect(node.report).toContain('secured_mirror_credential_valid 0\n');
    }
    expect(node.read('docker.io/hosts.toml')).toContain(`"${good.header}"`);
  });

  it('of the greatest length are taken', async () => {
    node.credential.update({ username: 'a', password: 'x'.repeat(4095) });
    expect(await node.prepare()).toBe(0);
    expect(usersIn(node.file('users'))).toEqual([versionOf('a', 'x'.repeat(4095)).line]);
  });
});

describe('the secret', () => {
  const PROGRAMS = [
    'base64',
    'sha1sum',
    'sha256sum',
    'mv',
    'rm',
    'mkdir',
    'chmod',
    'chown',
    'sync',
    'ln',
    'sleep',
    'cp',
  ];
  const SPY = `#!/usr/bin/env bash
{ printf '%s ' "\${0##*/}" "$@"; echo; env; } >>"\${0%/*}/seen"
PATH=\${PATH#*:} exec "\${0##*/}" "$@"
`;

  it('is in no argument, no environment, no log and no file that others may read', async () => {
    for (const program of PROGRAMS) node.tool(program, SPY);
    writeFileSync(join(node.shims, 'seen'), '');
    node.write('quay.io/hosts.toml', 'server = "https://quay.internal"\n');
    node.credential.update({ username: 'mirror', password: 'planted-one' });
    node.metricsCredential.update({ username: 'scraper', password: 'planted-two' });
    expect(await node.prepare()).toBe(0);
    node.start({ MIRROR_REGISTRIES: 'docker.io quay.io' });
    await node.until(() => node.published);
    node.credential.update({ username: 'mirror', password: 'planted-three' });
    await node.logged('accepting version');
    await node.tick();
    const all = [
      versionOf('mirror', 'planted-one'),
      versionOf('mirror', 'planted-three'),
      versionOf('scraper', 'planted-two'),
    ].flatMap(({ line, header }) => [line.split('{SHA}')[1] ?? '', header.split(' ')[1] ?? '']);
    const open = [node.log, readFileSync(join(node.shims, 'seen'), 'utf8'), node.report];
    expect(open[1]).toContain('base64');
    for (const secret of ['planted', ...all]) for (const text of open) expect(text).not.toContain(secret);
    for (const file of ['users', 'old', 'metrics-users', 'injected', 'report'])
      expect(mode(join(node.dynamicFiles, `${file}.json`))).toBe('640');
    const states = join(node.states, '.credential');
    expect([states, join(states, 'state'), join(states, 'metrics-state')].map(mode)).toEqual(['700', '600', '600']);
    expect(mode(node.path('quay.io/hosts.toml'))).toBe('600');
    expect(mode(node.path('docker.io/hosts.toml'))).toBe('600');
    await node.stop();
    expect(mode(node.path('quay.io/hosts.toml'))).toBe('644');
  });

  it('that does not change costs no program and no write', async () => {
    for (const program of [...PROGRAMS, 'cat', 'readlink']) node.tool(program, SPY);
    node.credential.update({ username: 'mirror', password: 'first' });
    node.start();
    await node.until(() => node.published);
    await node.tick();
    const before = [...node.tree(), ...node.tree(node.states), ...node.tree(node.dynamicFiles)];
    writeFileSync(join(node.shims, 'seen'), '');
    await node.tick();
    await node.tick();
    const programs = readFileSync(join(node.shims, 'seen'), 'utf8').match(/^(\w+) .*$/gm) ?? [];
    expect(programs.filter((line) => !line.startsWith('sleep '))).toEqual([]);
    expect([...node.tree(), ...node.tree(node.states), ...node.tree(node.dynamicFiles)]).toEqual(before);
  });
});
