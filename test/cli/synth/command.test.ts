import { spawnSync } from 'node:child_process';
import fs, {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { VERSION } from '../../../src/kubernetes/version';
import { pinned } from '../../../src/mirror/images';
import { ACCOUNTS_FILE, MIRROR_FILE } from '../../../src/stack/files';
import { KUSTOMIZATIONS } from '../../../src/stack/kustomization';
import { withKubectl } from '../secure-mirror';
import { clusterText as cluster, inFolderOfItsOwn } from '../working-folder';

const ROOT = resolve(__dirname, '../../..');
inFolderOfItsOwn();
const tokens = `
    tokens:
      - organization: kong
        pull:
          - purpose: app pull
            repositories: [kong/app]
            owner: team
            bindTo: [{namespace: kong, serviceAccounts: [app]}]
        sharedAccount: {user: team, secret: shared, retireBy: 2025-06-15, usedBy: {workflows: [release.yaml]}}`;
const DAY = ['--today', '2025-06-10'];

function write(file: string, text: string) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Runs synth on a stack of these clusters. */
function synth(clusters: string[], ...args: string[]) {
  writeFileSync('stack.yaml', `clusters:${clusters.join('')}`);
  return withKubectl('/nowhere/kubectl', 'synth', ...args);
}

/** All files in a folder, with their texts. */
function filesIn(path: string): { [file: string]: string } {
  if (!existsSync(path)) return {};
  const all = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  const files = all.filter((file) => statSync(join(path, file), { throwIfNoEntry: false })?.isFile());
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(path, file), 'utf8')]));
}
const withoutLists = (path: string) => Object.keys(filesIn(path)).filter((file) => !file.endsWith('.secure-mirror'));

describe('secure-mirror synth', () => {
  it('writes what the app for cdk8s writes, byte for byte', async () => {
    const { code, stderr } = await synth([cluster('one', tokens), cluster('two')], '-o', 'out', ...DAY);
    expect({ code, stderr: stderr.split('\n')[0] }).toEqual({
      code: 0,
      stderr: expect.stringMatching(
        /^secure-mirror: warning: cluster one: tokens\[0\][.]sharedAccount: SOON: .* ends in 5 days/,
      ),
    });
    const app = ['-r', './src/swc-register.cjs', 'src/main.ts', ...DAY];
    const env = { ...process.env, STACK: resolve('stack.yaml'), CDK8S_OUTDIR: resolve('app/manifests') };
    expect(spawnSync(process.execPath, app, { cwd: ROOT, env }).status).toBe(0);
    const { '.secure-mirror': list, ...written } = filesIn('out');
    expect(Object.keys(written).length).toBe(5);
    expect(filesIn('app/manifests')).toEqual({ '.secure-mirror': list, ...written });
    // cdk8s hands no folder for a ledger.
    expect(existsSync('app/ledger')).toBe(false);
  });

  it("warns of a password alone in place of the defaults' mutual TLS", async () => {
    const basic = '\n  - {name: two, authentication: {basic: {credential: {secret: ours}}}}';
    const defaults = 'registries: [docker.io], authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}';
    writeFileSync('stack.yaml', `defaults: {${defaults}}\nclusters:\n  - {name: one}${basic}\n`);
    const { code, stderr } = await withKubectl('/nowhere/kubectl', 'synth', '--check');
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^secure-mirror: warning: cluster two: authentication.basic: .*\n$/),
    });
  });

  it('says where it is, to people and to programs', async () => {
    const text = await synth([cluster('one', tokens), cluster('two')], '-o', 'out', ...DAY);
    expect(text.stdout).toBe(`CLUSTER  OBJECTS  MANIFESTS
one      17       out/one/
two      13       out/two/
ledgers of tokens: ledger/
`);
    const json = await synth([cluster('one', tokens), cluster('two')], '-o', 'out', '--json', ...DAY);
    const value = JSON.parse(json.stdout);
    expect(value).toEqual({
      ok: true,
      clusters: [
        {
          name: 'one',
          objects: 17,
          warnings: [expect.stringContaining('ends in 5 days')],
          folder: 'out/one',
          files: ['out/one/mirror.k8s.yaml', 'out/one/service-accounts.k8s.yaml'],
          kustomization: 'out/one/Kustomization',
          ledger: ['ledger/one.md', 'ledger/one.json'],
        },
        {
          name: 'two',
          objects: 13,
          warnings: [],
          folder: 'out/two',
          files: ['out/two/mirror.k8s.yaml'],
          kustomization: 'out/two/Kustomization',
          ledger: [],
        },
      ],
      removed: [],
    });
    for (const { files, objects } of value.clusters) {
      const all = files.map((file: string) => readFileSync(file, 'utf8')).join('---\n');
      expect(all.match(/^kind: /gm)).toHaveLength(objects);
    }
  });

  it('writes to dist/manifests and dist/ledger when no folder is named', async () => {
    expect((await synth([cluster('one', tokens)], ...DAY)).code).toBe(0);
    expect(withoutLists('dist')).toEqual([
      'ledger/one.json',
      'ledger/one.md',
      'manifests/one/Kustomization',
      'manifests/one/mirror.k8s.yaml',
      'manifests/one/service-accounts.k8s.yaml',
    ]);
  });

  it('only checks with --check', async () => {
    const { code, stdout } = await synth([cluster('one'), cluster('two')], '--check', '-o', 'out');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'the file is valid: 2 clusters, 26 objects\n' });
    expect(readdirSync('.')).toEqual(['stack.yaml']);
  });

  it('exits with 1 on every mistake of the file, tells it to programs too, and writes nothing', async () => {
    const clusters = [cluster('one'), cluster('two', '\n    dualStack: "yes"\n    entry: {loopback: {port: 0}}')];
    const { code, stdout, stderr } = await synth(clusters, '-o', 'out', '--json');
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      'secure-mirror: stack.yaml has 2 mistakes',
      expect.stringMatching(/^stack[.]yaml:8:16: clusters\[1\][.]dualStack: got "yes"; /),
      expect.stringMatching(/^stack[.]yaml:9:30: clusters\[1\][.]entry[.]loopback[.]port: got 0; /),
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      error: {
        kind: 'settings',
        problems: [{ line: 8, column: 16, key: 'clusters[1].dualStack' }, { key: 'clusters[1].entry.loopback.port' }],
      },
    });
    expect(readdirSync('.')).toEqual(['stack.yaml']);
  });

  it('never repeats a secret that stands in the file by mistake', async () => {
    const planted = 'dckr_pat_PLANTEDplantedPLANTEDplanted';
    const wrong = `\n    tokens: [{organization: kong, token: ${planted}}]`;
    for (const args of [[], ['--json'], ['--check']]) {
      const { code, stdout, stderr } = await synth([cluster('one', wrong)], '-o', 'out', ...args);
      expect(code).toBe(1);
      expect(stdout + stderr).not.toContain('PLANTED');
    }
  });

  it.each([
    [
      ['-f', 'missing.yaml'],
      /^secure-mirror: missing[.]yaml: this file does not exist; name the stack with --file, or in the variable STACK$/,
    ],
    [['-f', '.'], /^secure-mirror: [.]: cannot be read: it is a folder/],
    [['--today', '16.6.2025'], /^secure-mirror: --today: got "16[.]6[.]2025"; expected a day, such as 2025-06-15$/],
    [['--cluster', 'two'], /^secure-mirror: --cluster: got "two"; expected some of these: one \(stack[.]yaml\)$/],
    [['-o', ''], /^secure-mirror: --output: got ""; expected a folder$/],
    [['-o', 'stack.yaml'], /^secure-mirror: stack[.]yaml: a file is in the way; name another folder with --output$/],
    [['-o', 'stack.yaml/out'], /^secure-mirror: stack[.]yaml\/out: a file is in the way; /],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, stdout, stderr } = await synth([cluster('one')], ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd()).toMatch(message);
    expect(readdirSync('.')).toEqual(['stack.yaml']);
  });
});

describe('secure-mirror synth into a folder that is there', () => {
  const MANIFEST = 'mirror.k8s.yaml';

  it('takes away what it no longer makes', async () => {
    await synth([cluster('one', tokens), cluster('two', tokens)], '-o', 'out', ...DAY);
    const { code, stdout } = await synth([cluster('one')], '-o', 'out');
    expect(code).toBe(0);
    expect(withoutLists('out')).toEqual(['one/Kustomization', `one/${MANIFEST}`]);
    expect(withoutLists('ledger')).toEqual([]);
    expect(existsSync('out/two')).toBe(false);
    expect(stdout).toMatch(
      /^removed, as no longer made: out\/one\/service-accounts[.]k8s[.]yaml, out\/two\/.*ledger\/two[.]md/m,
    );
  });

  it('leaves the clusters alone that were not picked', async () => {
    await synth([cluster('one', tokens), cluster('two', tokens)], '-o', 'out', ...DAY);
    const old = filesIn('out');
    const clusters = ['one', 'two', 'three'].map((name) => cluster(name, '\n    dualStack: true'));
    const { code } = await synth(clusters, '-o', 'out', '--cluster', 'two', 'three');
    expect(code).toBe(0);
    const { 'two/mirror.k8s.yaml': two, ...now } = filesIn('out');
    expect(two).not.toBe(old[`two/${MANIFEST}`]);
    expect(now[`one/${MANIFEST}`]).toBe(old[`one/${MANIFEST}`]);
    expect(withoutLists('out')).toEqual([
      'one/Kustomization',
      `one/${MANIFEST}`,
      'one/service-accounts.k8s.yaml',
      'three/Kustomization',
      `three/${MANIFEST}`,
      'two/Kustomization',
      `two/${MANIFEST}`,
    ]);
    expect(withoutLists('ledger')).toEqual(['one.json', 'one.md']);
  });

  it.each([
    ['a manifest of its own name', `one/${MANIFEST}`],
    ['another manifest', 'one/own.yml'],
    ['a manifest further down', 'one/sub/own.json'],
  ])('refuses %s that others wrote, and writes nothing', async (_, file) => {
    write(`out/${file}`, 'mine');
    const { code, stdout, stderr } = await synth([cluster('one', tokens)], '-o', 'out', ...DAY);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd()).toBe(
      `secure-mirror: out/${file}: in the way, as this command did not write it: remove it, or name another folder with --output`,
    );
    expect(filesIn('out')).toEqual({ [file]: 'mine' });
  });

  it('refuses a ledger that others wrote, and writes nothing', async () => {
    write('ledger/one.md', 'mine');
    const { code, stderr } = await synth([cluster('one', tokens)], '-o', 'out', ...DAY);
    expect([code, stderr.trimEnd()]).toEqual([
      2,
      'secure-mirror: ledger/one.md: in the way, as this command did not write it: remove it, or name another folder with --ledger',
    ]);
    expect([existsSync('out'), filesIn('ledger')]).toEqual([false, { 'one.md': 'mine' }]);
  });

  it.each([
    [`out/one/${MANIFEST}`, '--output'],
    ['out/one/Kustomization', '--output'],
    ['out/.secure-mirror', '--output'],
    ['ledger/one.md', '--ledger'],
    ['ledger/.secure-mirror', '--ledger'],
  ])('writes through no link, also in place of a file that it wrote: %s', async (file, option) => {
    const run = () => synth([cluster('one', tokens)], '-o', 'out', ...DAY);
    const message = `${file}: in the way, as it is a link: remove it, or name another folder with ${option}`;
    for (const earlier of [true, false]) {
      // A Kustomization that it did not write is the user's.
      if (!earlier && file.endsWith('Kustomization')) break;
      if (earlier) await run();
      else for (const folder of ['out', 'ledger']) rmSync(folder, { recursive: true });
      mkdirSync(dirname(file), { recursive: true });
      rmSync(file, { force: true });
      symlinkSync(resolve('theirs'), file);
      for (const target of ['mine', undefined]) {
        if (target === undefined) rmSync('theirs');
        else writeFileSync('theirs', target);
        const { code, stdout, stderr } = await run();
        expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `secure-mirror: ${message}\n` });
        expect([lstatSync(file).isSymbolicLink(), existsSync('theirs')]).toEqual([true, target !== undefined]);
        if (target !== undefined) expect(readFileSync('theirs', 'utf8')).toBe('mine');
      }
    }
  });

  it("takes the user's kustomization behind a link for theirs", async () => {
    mkdirSync('out/one', { recursive: true });
    symlinkSync('nowhere', 'out/one/Kustomization');
    for (const _ of [1, 2]) expect((await synth([cluster('one')], '-o', 'out')).code).toBe(0);
    expect(withoutLists('out')).toEqual([`one/${MANIFEST}`]);
    expect(lstatSync('out/one/Kustomization').isSymbolicLink()).toBe(true);
  });

  it('writes into folders behind links, and removes its files there; the links stay', async () => {
    for (const [folder, link] of [
      ['there', 'out'],
      ['theirs', 'out/one'],
    ] as const) {
      mkdirSync(folder);
      symlinkSync(resolve(folder), link);
    }
    for (const _ of [1, 2]) expect((await synth([cluster('one')], '-o', 'out')).code).toBe(0);
    expect(withoutLists('theirs')).toEqual(['Kustomization', MANIFEST]);
    expect(await synth([cluster('two')], '-o', 'out')).toMatchObject({ code: 0, stderr: '' });
    expect([filesIn('theirs'), withoutLists('there')]).toEqual([{}, ['two/Kustomization', `two/${MANIFEST}`]]);
    expect(['out', 'out/one'].map((path) => lstatSync(path).isSymbolicLink())).toEqual([true, true]);
  });

  it('leaves all else of others where it is', async () => {
    const theirs = ['README.md', 'other/app.yaml', 'one/notes.txt', '.git/config', 'kustomization.yaml'];
    for (const file of theirs) write(`out/${file}`, 'mine');
    expect((await synth([cluster('one')], '-o', 'out')).code).toBe(0);
    expect((await synth([cluster('two')], '-o', 'out')).code).toBe(0);
    const files = filesIn('out');
    for (const file of theirs) expect(files[file]).toBe('mine');
    expect(withoutLists('out')).toEqual([...theirs, 'two/Kustomization', `two/${MANIFEST}`].sort());
  });

  it.each(KUSTOMIZATIONS)('leaves %s of others and what is beside it, and writes none of its own', async (own) => {
    await synth([cluster('one', tokens)], '-o', 'out', ...DAY);
    expect(filesIn('out/one')).toHaveProperty('Kustomization');
    // Where the names are the same, the file is theirs once the list does not have it.
    if (own === 'Kustomization')
      write('out/.secure-mirror', filesIn('out')['.secure-mirror']?.replace(/^.*Kustomization\n/m, '') ?? '');
    const theirs = [own, 'patch.yaml', 'sub/more.yml'];
    for (const file of theirs) write(`out/one/${file}`, 'mine');
    for (const clusters of [[cluster('one', tokens)], [cluster('one')], [cluster('two')]]) {
      expect((await synth(clusters, '-o', 'out', ...DAY)).stderr).not.toContain('in the way');
      const files = filesIn('out/one');
      for (const file of theirs) expect(files[file]).toBe('mine');
      expect(Object.keys(files).filter((file) => KUSTOMIZATIONS.includes(file))).toEqual([own]);
    }
    expect(Object.keys(filesIn('out/one')).sort()).toEqual(theirs.sort());
  });

  it('refuses a file of its own names that others wrote, also beside a kustomization', async () => {
    for (const file of ['kustomization.yaml', MANIFEST]) write(`out/one/${file}`, 'mine');
    const { code, stderr } = await synth([cluster('one')], '-o', 'out');
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^secure-mirror: out\/one\/mirror[.]k8s[.]yaml: in the way/),
    ]);
  });

  it('brings a folder up to date that the version before wrote', async () => {
    const before = [
      'one/secured-mirror.k8s.yaml',
      'one/secured-mir-stack-tokens-pull-secrets-service-accounts-c851f1fd.k8s.yaml',
    ];
    for (const file of before) write(`out/${file}`, 'old');
    write('out/.secure-mirror', ['# Written by secure-mirror synth', ...before, ''].join('\n'));
    const { code, stdout } = await synth([cluster('one', tokens)], '-o', 'out', ...DAY);
    expect(code).toBe(0);
    for (const file of before) expect(stdout).toContain(`out/${file}`);
    expect(withoutLists('out')).toEqual(['one/Kustomization', `one/${MANIFEST}`, 'one/service-accounts.k8s.yaml']);
  });

  it('removes no ledger of a folder in it', async () => {
    await synth([cluster('one', tokens)], '-o', 'dist/manifests', ...DAY);
    const ledgers = filesIn('dist/ledger');
    expect(Object.keys(ledgers)).toEqual(['.secure-mirror', 'one.json', 'one.md']);
    for (const output of ['dist', 'dist/ledger']) {
      expect((await synth([cluster('two')], '-o', output, '--no-ledger')).code).toBe(0);
      expect(filesIn('dist/ledger')).toMatchObject({ 'one.json': ledgers['one.json'], 'one.md': ledgers['one.md'] });
    }
    expect((await synth([cluster('one', tokens)], '-o', 'dist/manifests', ...DAY)).code).toBe(0);
  });

  it('removes nothing outside, whatever the list of what it wrote says', async () => {
    for (const file of ['outside.yaml', 'out/.hidden.yaml', 'out/notes.txt']) write(file, 'mine');
    const list = ['../outside.yaml', resolve('outside.yaml'), 'one/../../outside.yaml', '.hidden.yaml', 'notes.txt'];
    write('out/.secure-mirror', list.join('\n'));
    expect((await synth([cluster('one')], '-o', 'out')).code).toBe(0);
    expect(Object.values(filesIn('.')).filter((text) => text === 'mine')).toHaveLength(3);
  });

  it('can go on after it was ended half-way', async () => {
    await synth([cluster('one')], '-o', 'out');
    const open = fs.openSync;
    jest.spyOn(fs, 'openSync').mockImplementation((file, ...rest) => {
      if (`${file}`.startsWith('out/three')) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      return open(file, ...rest);
    });
    const failed = await synth([cluster('two'), cluster('three')], '-o', 'out');
    expect(failed.code).toBe(2);
    expect(failed.stderr.trimEnd()).toBe(
      `secure-mirror: out/three/${MANIFEST}: the disk is full; name another folder with --output`,
    );
    jest.restoreAllMocks();
    expect((await synth([cluster('three')], '-o', 'out')).code).toBe(0);
    expect(withoutLists('out')).toEqual(['three/Kustomization', `three/${MANIFEST}`]);
  });
});

describe('the ledgers', () => {
  it('are where --ledger says, and nowhere with --no-ledger', async () => {
    expect((await synth([cluster('one', tokens)], '-o', 'out', '--ledger', 'docs/tokens', ...DAY)).code).toBe(0);
    expect(withoutLists('docs')).toEqual(['tokens/one.json', 'tokens/one.md']);
    expect((await synth([cluster('one', tokens)], '-o', 'other', '--no-ledger', ...DAY)).code).toBe(0);
    expect(readdirSync('.').sort()).toEqual(['docs', 'other', 'out', 'stack.yaml']);
  });

  it('stay when another folder beside the first gets manifests', async () => {
    await synth([cluster('one', tokens)], '-o', 'a', ...DAY);
    await synth([cluster('two', tokens)], '-o', 'b', ...DAY);
    expect(withoutLists('ledger')).toEqual(['one.json', 'one.md', 'two.json', 'two.md']);
    await synth([cluster('two')], '-o', 'b', ...DAY);
    expect(withoutLists('ledger')).toEqual(['one.json', 'one.md']);
  });

  it('of one name are refused when they belong to another output folder', async () => {
    await synth([cluster('one', tokens)], '-o', 'a', ...DAY);
    const ledgers = filesIn('ledger');
    const onto = () => synth([cluster('one', tokens)], '-o', 'b', ...DAY);
    const refused = {
      code: 2,
      stderr:
        'secure-mirror: ledger/one.json, ledger/one.md: in the way, as this command wrote it for another output folder, ../a: ' +
        'remove it, or name another folder with --ledger\n',
    };
    expect(await onto()).toMatchObject(refused);
    expect([existsSync('b'), filesIn('ledger')]).toEqual([false, ledgers]);
    // Not either once b has a list with this cluster, and no ledger.
    await synth([cluster('one')], '-o', 'b', ...DAY);
    expect(await onto()).toMatchObject(refused);
    await synth([cluster('one')], '-o', 'b', ...DAY);
    expect(filesIn('ledger')).toEqual(ledgers);
    expect((await synth([cluster('one', tokens)], '-o', 'a/', ...DAY)).code).toBe(0);
    // Who removes them gives them to the next, and the first is refused then.
    for (const file of ['one.json', 'one.md']) rmSync(`ledger/${file}`);
    expect((await onto()).code).toBe(0);
    expect((await synth([cluster('one', tokens)], '-o', 'a', ...DAY)).stderr).toContain('another output folder, ../b');
    await synth([cluster('one')], '-o', 'a', ...DAY);
    expect(withoutLists('ledger')).toEqual(['one.json', 'one.md']);
  });

  it.each(['out', './out/', 'out/ledger', 'x/../out/deep/er', 'out/..l', 'out/..l/more'])(
    'are never among what gets applied: %s',
    async (ledger) => {
      const { code, stderr } = await synth([cluster('one', tokens)], '-o', 'out', '--ledger', ledger, ...DAY);
      expect([code, stderr.trimEnd()]).toEqual([
        2,
        `secure-mirror: --ledger: got "${ledger}"; expected a folder outside of out, as all that is in there gets applied`,
      ]);
      expect(readdirSync('.')).toEqual(['stack.yaml']);
    },
  );

  it.each(['out', './out/deep', 'second'])('are never there by a link: to %s', async (target) => {
    symlinkSync(target, 'link');
    symlinkSync('out/deep', 'second');
    for (const there of [false, true]) {
      if (there) mkdirSync('out/deep', { recursive: true });
      const { code, stderr } = await synth([cluster('one', tokens)], '-o', 'out', '--ledger', 'link/l', ...DAY);
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining('--ledger: got "link/l"; expected a folder outside of out'),
      ]);
      expect([existsSync('out'), filesIn('out')]).toEqual([there, {}]);
    }
  });

  it('may lie beside a folder of a similar name, or around it', async () => {
    for (const ledger of ['out-ledger', '.']) {
      expect((await synth([cluster('one', tokens)], '-o', 'out', '--ledger', ledger, ...DAY)).code).toBe(0);
    }
    expect((await synth([cluster('ledger', tokens)], '-o', 'x/out', ...DAY)).code).toBe(0);
    expect(withoutLists('x').filter((file) => file.includes('ledger/'))).toEqual([
      'ledger/ledger.json',
      'ledger/ledger.md',
      'out/ledger/Kustomization',
      `out/ledger/${MIRROR_FILE}`,
      `out/ledger/${ACCOUNTS_FILE}`,
    ]);
  });
});

it('helps', async () => {
  const { code, stdout } = await withKubectl('kubectl', 'synth', '--help');
  expect(code).toBe(0);
  for (const text of [
    '--file',
    '--format',
    '--output',
    '--cluster',
    '--today',
    '--check',
    '--json',
    'Examples:',
    'Exit codes:',
  ]) {
    expect(stdout).toContain(text);
  }
});

describe('secure-mirror synth --format', () => {
  const CHART = ['Chart.yaml', 'templates/NOTES.txt', 'templates/mirror.yaml', 'values.schema.json', 'values.yaml'];
  const inOne = (files: string[]) => files.map((file) => `one/${file}`);

  it('helm writes a chart for each cluster, and says so to people and programs', async () => {
    const text = await synth([cluster('one', tokens), cluster('two')], '-o', 'out', '--format', 'helm', ...DAY);
    expect(text.stdout).toMatch(/^CLUSTER {2}OBJECTS {2}CHART\none {6}17 {7}out\/one\/\n/);
    const json = await synth(
      [cluster('one', tokens), cluster('two')],
      '-o',
      'out',
      '--format',
      'helm',
      '--json',
      ...DAY,
    );
    const accounts = 'one/templates/service-accounts.yaml';
    const two = CHART.map((file) => `two/${file}`);
    expect(withoutLists('out')).toEqual([...inOne(CHART), accounts, ...two].sort());
    const [first] = JSON.parse(json.stdout).clusters;
    expect([...first.files].sort()).toEqual([...inOne(CHART), accounts].map((file) => `out/${file}`).sort());
  });

  it('helm names cluster, versions and Kubernetes in Chart.yaml, and no value', async () => {
    const guards =
      '\n    guards: {}\n    network: {cidrs: {nodes: [192.0.2.0/24], pods: [10.1.0.0/16], services: [10.2.0.0/16]}}';
    await synth([cluster('one'), cluster('two', guards)], '-o', 'out', '--format', 'helm');
    const files = filesIn('out');
    expect(parse(files['one/Chart.yaml'] ?? '')).toEqual({
      apiVersion: 'v2',
      name: 'secured-mirror-one',
      description: 'Spegel behind an authenticating proxy, for the cluster one',
      type: 'application',
      version: VERSION,
      appVersion: pinned.spegel.tag,
      kubeVersion: '>=1.29.0-0',
    });
    expect(parse(files['two/Chart.yaml'] ?? '').kubeVersion).toBe('>=1.31.0-0');
    expect(parse(files['one/values.yaml'] ?? '')).toEqual({});
    expect(JSON.parse(files['one/values.schema.json'] ?? '')).toMatchObject({ additionalProperties: false });
    for (const name of ['Chart.yaml', 'values.yaml', 'templates/mirror.yaml']) {
      expect(files[`one/${name}`]).toMatch(/^# Made by secure-mirror \S+ from stack[.]yaml for the cluster one[.]\n/);
    }
  });

  it('removes the files of the other format, and its folder', async () => {
    await synth([cluster('one')], '-o', 'out');
    const manifests = withoutLists('out');
    const { stdout } = await synth([cluster('one')], '-o', 'out', '--format', 'helm');
    expect(withoutLists('out')).toEqual(inOne(CHART));
    for (const file of manifests) expect(stdout).toContain(`out/${file}`);
    await synth([cluster('one')], '-o', 'out');
    expect(withoutLists('out')).toEqual(manifests);
    expect(existsSync('out/one/templates')).toBe(false);
  });

  it('refuses a template that others wrote', async () => {
    write('out/one/templates/own.yaml', 'mine');
    const { code, stderr } = await synth([cluster('one')], '-o', 'out', '--format', 'helm');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('out/one/templates/own.yaml: in the way'),
    });
  });

  it('templates writes the templates of one cluster', async () => {
    const two = await synth([cluster('one'), cluster('two')], '-o', 'out', '--format', 'templates');
    expect({ code: two.code, stderr: two.stderr.trimEnd() }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/--format: got "templates" for 2 clusters; expected one, .* --cluster$/),
    });
    await synth([cluster('one'), cluster('two')], '-o', 'out', '--format', 'templates', '--cluster', 'one');
    expect(withoutLists('out')).toEqual(['one/mirror.yaml']);
  });

  it('templates writes a ledger only where --ledger says, as beside the templates is a chart', async () => {
    const args = ['-o', 'chart/templates', '--format', 'templates', ...DAY];
    await synth([cluster('one', tokens)], ...args);
    expect(readdirSync('chart')).toEqual(['templates']);
    await synth([cluster('one', tokens)], ...args, '--ledger', 'docs');
    expect(withoutLists('docs')).toEqual(['one.json', 'one.md']);
  });

  it.each([...CHART, 'templates/service-accounts.yaml'])('helm refuses %s that others wrote', async (file) => {
    const theirs = { 'one/kustomization.yaml': 'mine', [`one/${file}`]: 'mine' };
    for (const [file, text] of Object.entries(theirs)) write(`out/${file}`, text);
    for (const kustomization of [true, false]) {
      if (!kustomization) rmSync('out/one/kustomization.yaml');
      const { code, stderr } = await synth([cluster('one', tokens)], '-o', 'out', '--format', 'helm', ...DAY);
      expect([code, stderr]).toEqual([2, expect.stringContaining(`out/one/${file}: in the way`)]);
      expect(filesIn('out')[`one/${file}`]).toBe('mine');
    }
    expect(Object.keys(filesIn('out'))).toEqual([`one/${file}`]);
  });

  it('names the formats that there are', async () => {
    const { code, stderr } = await synth([cluster('one')], '--format', 'hlem');
    expect(code).toBe(2);
    expect(stderr).toMatch(/--format <format>.*'hlem' is invalid.*manifests, helm, templates/);
    expect(readdirSync('.')).toEqual(['stack.yaml']);
  });
});
