import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

jest.setTimeout(60_000); // each test starts Node
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

describe('the app', () => {
  it('writes a folder for each cluster', () => {
    const { status, out } = run(`clusters:${cluster('one')}${cluster('two')}`);
    expect(status).toBe(0);
    expect(readdirSync(out)).toEqual(['one', 'two']);
    for (const name of ['one', 'two']) {
      const text = readFileSync(join(out, name, 'secured-mirror.k8s.yaml'), 'utf8');
      expect(parseAllDocuments(text).map((document) => document.get('kind'))).toContain('DaemonSet');
      expect(text).toContain(`spiffe://${name}/ns/secured-mirror/peer`);
    }
  });

  it('fails with every mistake, exits with 1 and writes nothing', () => {
    const wrong = '\n    dualStack: "yes"\n    entry: {loopback: {port: 0}}';
    const { status, stderr, out } = run(`clusters:${cluster('one')}${cluster('two', wrong)}`);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^\/stack[.]yaml:8:16: clusters\[1\][.]dualStack: got "yes"; /),
      expect.stringMatching(/^\/stack[.]yaml:9:30: clusters\[1\][.]entry[.]loopback[.]port: got 0; /),
    ]);
    expect(existsSync(out)).toBe(false);
  });

  const tokens = (more = '') => `
    tokens:
      - organization: kong
        push: [{purpose: app push, repositories: [kong/app], owner: team}]
        sharedAccount: {user: team, secret: shared, retireBy: 2025-06-15${more}}`;
  const stillUsed = tokens(', usedBy: {workflows: [release.yaml]}');

  it('writes the ledger of tokens beside the manifests, for people and for programs', () => {
    const { status, stderr } = run(`clusters:${cluster('one', tokens())}${cluster('two')}`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'ledger'))).toEqual(['one.json', 'one.md']);
    expect(readFileSync(join(folder, 'ledger', 'one.md'), 'utf8')).toContain('| app push |');
  });

  it('warns of what comes due on the day that it is given', () => {
    const text = `clusters:${cluster('one', stillUsed)}`;
    expect(run(text, '--today', '2025-05-01')).toMatchObject({ status: 0, stderr: '' });
    expect(run(text, '--today', '2025-06-10')).toMatchObject({
      status: 0,
      stderr:
        'warning: cluster one: tokens[0].sharedAccount: SOON: the shared account team ends in 5 days, after 2025-06-15; still used by: workflow release.yaml\n',
    });
  });

  it.each([
    [
      ['--today', '2025-06-16'],
      /^\/stack[.]yaml:8:63: .*[.]retireBy: got "2025-06-15"; the shared account ended after 2025-06-15 /,
    ],
    [[], /ended after 2025-06-15/],
    [['--today', '16.6.2025'], /^--today: got "16[.]6[.]2025"; expected a day, such as 2025-06-15$/m],
  ])('fails after the last day of an account that is still used, and with a day that is none: %j', (args, message) => {
    const { status, stderr, out } = run(`clusters:${cluster('one', stillUsed)}`, ...args);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(existsSync(out)).toBe(false);
  });

  it('writes nothing when the last of many clusters has a mistake', () => {
    const names = Array.from({ length: 900 }, (_, index) => cluster(`c${index}`));
    const { status, stderr, out } = run(`clusters:${names.join('')}${cluster('last', '\n    platfrom: k3s')}`);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^\/stack[.]yaml:2705:5: clusters\[900\][.]platfrom: /);
    expect(existsSync(out)).toBe(false);
  });
});

describe('npm run synth', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

  it('runs what cdk8s runs, once', () => {
    expect(scripts.synth).toBe(app);
    expect(Object.keys(scripts).filter((name) => /^(pre|post)synth$/.test(name))).toEqual([]);
  });

  /** Runs the app as npm does, in a folder of its own. */
  function synth(stack: string) {
    writeFileSync(join(folder, 'stack.yaml'), stack);
    const [, ...command] = app.split(' ').map((word) => (/^([.]|src)[/]/.test(word) ? join(ROOT, word) : word));
    const { CDK8S_OUTDIR, STACK, ...env } = process.env;
    const { status, stdout } = spawnSync(process.execPath, command, { cwd: folder, env, encoding: 'utf8' });
    return { status, stdout, folders: readdirSync(join(folder, 'dist/manifests')) };
  }

  it('replaces what an earlier run wrote, and leaves it where the file has a mistake', () => {
    expect(synth(`clusters:${cluster('one')}`)).toEqual({
      status: 0,
      stdout: 'dist/manifests/one/\n',
      folders: ['one'],
    });
    expect(synth(`clusters:${cluster('two')}`).folders).toEqual(['two']);
    expect(synth(`clusters:${cluster('three', '\n    dualStack: 1')}`)).toEqual({
      status: 1,
      stdout: '',
      folders: ['two'],
    });
  });
});
