import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { MIRROR_FILE } from '../src/stack/files';

const ROOT = resolve(__dirname, '..');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secure-mirror-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What cdk8s.yaml runs. */
const { app } = parse(readFileSync(join(ROOT, 'cdk8s.yaml'), 'utf8')) as { app: string };

/** Runs the app. */
function run(stack: string, ...args: string[]) {
  const file = join(folder, 'stack.yaml');
  writeFileSync(file, stack);
  const out = join(folder, 'out');
  const [, ...command] = app.split(' ');
  const env = { ...process.env, STACK: file, CDK8S_OUTDIR: out, TMPDIR: folder };
  const { status, stderr } = spawnSync(process.execPath, [...command, ...args], { cwd: ROOT, env, encoding: 'utf8' });
  return { status, stderr: stderr.replaceAll(folder, ''), out };
}

const cluster = (name: string, more = '') => `
  - name: ${name}
    registries: [docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}${more}`;

const tokens = (more = '') => `
    tokens:
      - organization: kong
        push: [{purpose: app push, repositories: [kong/app], owner: team}]
        sharedAccount: {user: team, secret: shared, retireBy: 2025-06-15${more}}`;

describe('the app', () => {
  it('writes a folder for each cluster', () => {
    const { status, out } = run(`clusters:${cluster('one')}${cluster('two')}`);
    expect(status).toBe(0);
    expect(readdirSync(out)).toEqual(['.secure-mirror', 'one', 'two']);
    for (const name of ['one', 'two']) {
      const text = readFileSync(join(out, name, 'mirror.k8s.yaml'), 'utf8');
      expect(parseAllDocuments(text).map((document) => document.get('kind'))).toContain('DaemonSet');
      expect(text).toContain(`spiffe://${name}/ns/secured-mirror/peer`);
    }
  });

  it('fails with every mistake, exits with 1 and writes nothing', () => {
    const wrong = '\n    dualStack: "yes"\n    entry: {loopback: {port: 0}}';
    const { status, stderr, out } = run(`clusters:${cluster('one')}${cluster('two', wrong)}`);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      'secure-mirror: /stack.yaml has 2 mistakes',
      expect.stringMatching(/^\/stack[.]yaml:8:16: clusters\[1\][.]dualStack: got "yes"; /),
      expect.stringMatching(/^\/stack[.]yaml:9:30: clusters\[1\][.]entry[.]loopback[.]port: got 0; /),
    ]);
    expect(existsSync(out)).toBe(false);
  });

  const stillUsed = tokens(', usedBy: {workflows: [release.yaml]}');

  it('writes nothing beside the folder that cdk8s names, such as one in /tmp', () => {
    const { status, stderr } = run(`clusters:${cluster('one', tokens())}${cluster('two')}`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(folder).sort()).toEqual(['out', 'stack.yaml']);
  });

  it('warns of what comes due on the day that it is given', () => {
    const text = `clusters:${cluster('one', stillUsed)}`;
    expect(run(text, '--today', '2025-05-01')).toMatchObject({ status: 0, stderr: '' });
    expect(run(text, '--today', '2025-06-10')).toMatchObject({
      status: 0,
      stderr:
        'secure-mirror: warning: cluster one: tokens[0].sharedAccount: SOON: the shared account team ends in 5 days, after 2025-06-15; still used by: workflow release.yaml\n',
    });
  });

  it.each([
    [
      1,
      ['--today', '2025-06-16'],
      /^\/stack[.]yaml:8:63: .*[.]retireBy: got "2025-06-15"; the shared account ended after 2025-06-15 /m,
    ],
    [1, [], /ended after 2025-06-15/],
    [2, ['--today', '16.6.2025'], /^secure-mirror: --today: got "16[.]6[.]2025"; expected a day, such as 2025-06-15$/m],
  ])(
    'fails after the last day of an account that is still used, and with a day that is none: %d %j',
    (code, args, message) => {
      const { status, stderr, out } = run(`clusters:${cluster('one', stillUsed)}`, ...args);
      expect(status).toBe(code);
      expect(stderr).toMatch(message);
      expect(existsSync(out)).toBe(false);
    },
  );

  it('writes nothing when the last of many clusters has a mistake', () => {
    const names = Array.from({ length: 900 }, (_, index) => cluster(`c${index}`));
    const { status, stderr, out } = run(`clusters:${names.join('')}${cluster('last', '\n    platfrom: k3s')}`);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^\/stack[.]yaml:2705:5: clusters\[900\][.]platfrom: /m);
    expect(existsSync(out)).toBe(false);
  });
});

describe('npm run synth', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

  it('runs what cdk8s runs, once', () => {
    expect(scripts.synth).toBe(app);
    expect(Object.keys(scripts).filter((name) => /^(pre|post)synth$/.test(name))).toEqual([]);
  });

  it('writes where cdk8s, which empties its folder before, takes nothing away', () => {
    const { output } = parse(readFileSync(join(ROOT, 'cdk8s.yaml'), 'utf8'));
    expect(['dist', 'dist/manifests', 'dist/ledger', 'dist/lib']).not.toContain(output);
  });

  /** Runs the app as npm does, in a folder of its own. */
  function synth(stack: string, variables: NodeJS.ProcessEnv = {}, ...args: string[]) {
    if (stack !== '') writeFileSync(join(folder, 'stack.yaml'), stack);
    const [, ...command] = app.split(' ').map((word) => (/^([.]|src)[/]/.test(word) ? join(ROOT, word) : word));
    const { CDK8S_OUTDIR, STACK, ...rest } = process.env;
    const env = { ...rest, ...variables };
    const { status, stdout, stderr } = spawnSync(process.execPath, [...command, ...args], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    const out = join(folder, 'dist/manifests');
    return { status, stdout, stderr, folders: existsSync(out) ? readdirSync(out) : [] };
  }

  it('replaces what an earlier run wrote, and leaves it where the file has a mistake', () => {
    expect(synth(`clusters:${cluster('one')}`)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^one +13 +dist\/manifests\/one\/$/m),
      folders: ['.secure-mirror', 'one'],
    });
    expect(synth(`clusters:${cluster('two')}`).folders).toEqual(['.secure-mirror', 'two']);
    expect(synth(`clusters:${cluster('three', '\n    dualStack: 1')}`)).toMatchObject({
      status: 1,
      stdout: '',
      folders: ['.secure-mirror', 'two'],
    });
  });

  it('keeps what others have in the folder', () => {
    for (const file of ['README.md', 'one/kustomization.yaml', 'one/patch.yaml']) {
      mkdirSync(dirname(join(folder, 'dist/manifests', file)), { recursive: true });
      writeFileSync(join(folder, 'dist/manifests', file), 'mine');
    }
    expect(synth(`clusters:${cluster('one')}`).status).toBe(0);
    expect(readdirSync(join(folder, 'dist/manifests/one')).sort()).toEqual([
      'kustomization.yaml',
      MIRROR_FILE,
      'patch.yaml',
    ]);
    expect(synth(`clusters:${cluster('two')}`).folders).toEqual(['.secure-mirror', 'README.md', 'one', 'two']);
    expect(readdirSync(join(folder, 'dist/manifests/one')).sort()).toEqual(['kustomization.yaml', 'patch.yaml']);
  });

  it('writes the ledger of tokens beside the manifests, for people and for programs', () => {
    expect(synth(`clusters:${cluster('one', tokens())}${cluster('two')}`)).toMatchObject({ status: 0, stderr: '' });
    const ledger = join(folder, 'dist/ledger');
    expect(readdirSync(ledger)).toEqual(['.secure-mirror', 'one.json', 'one.md']);
    expect(readFileSync(join(ledger, 'one.md'), 'utf8')).toContain('| app push |');
  });

  it('reads the file that --file names, else STACK, else stack.yaml', () => {
    writeFileSync(join(folder, 'b.yaml'), `clusters:${cluster('b')}`);
    writeFileSync(join(folder, 'c.yaml'), `clusters:${cluster('c')}`);
    const madeOf = (...given: Parameters<typeof synth>) => synth(...given).folders.filter((name) => /^\w/.test(name));
    expect(madeOf(`clusters:${cluster('a')}`, { STACK: '' })).toEqual(['a']);
    expect(madeOf('', { STACK: 'b.yaml' })).toEqual(['b']);
    expect(madeOf('', { STACK: 'b.yaml' }, '--file', 'c.yaml')).toEqual(['c']);
    expect(synth('', { STACK: 'd.yaml' })).toMatchObject({
      status: 2,
      stderr: 'secure-mirror: d.yaml: this file does not exist; name the stack with --file, or in the variable STACK\n',
    });
  });
});
