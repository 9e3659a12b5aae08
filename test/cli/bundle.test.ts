import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { probeScript } from '../../src/cli/check/node/scripts';
import { bundle } from '../../src/cli/generate-bundle';
import { readStackFile } from '../../src/stack/reader';
import { makeClusters } from '../../src/stack/synth';

const STACK = resolve(__dirname, '../../stack.yaml');
const DAY = '2025-06-15';
const folder = mkdtempSync(join(tmpdir(), 'secure-mirror-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Prints the loaded files at the end. */
const LIST = `process.on('exit', () => require('node:fs').writeFileSync('loaded.json', JSON.stringify(Object.keys(require.cache))));`;

let files: { readonly [file: string]: string };
beforeAll(async () => {
  files = await bundle();
  mkdirSync(join(folder, 'bin'));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, 'bin', file), text);
  writeFileSync(join(folder, 'list.cjs'), LIST);
});

/** Runs the bundle in a folder without any package. */
function run(...args: string[]) {
  const env = { ...process.env, KUBECTL: '/nowhere/kubectl' };
  const command = ['-r', './list.cjs', 'bin/main.js', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, env, encoding: 'utf8' });
  const loaded: string[] = JSON.parse(readFileSync(join(folder, 'loaded.json'), 'utf8'));
  return { status, stdout, stderr, loaded: loaded.map((file) => basename(file)).filter((file) => file !== 'list.cjs') };
}

describe('the bundled command', () => {
  it('is the command, its thread, the libraries of synth and the licences of all', () => {
    expect(Object.keys(files)).toEqual(['main.js', 'libraries.js', 'LICENSES.txt', 'sbom.cdx.json']);
    expect(files['main.js']).toMatch(/^#!\/usr\/bin\/env node\n/);
    for (const name of ['cdk8s', 'cdk8s-plus-28', 'commander', 'constructs', 'yaml'])
      expect(files['LICENSES.txt']).toMatch(
        new RegExp(`^${name} \\d+[.]\\d+[.]\\d+ \\((Apache-2[.]0|MIT|ISC)\\)$`, 'm'),
      );
    expect(Object.values(files).join()).not.toContain(resolve(__dirname, '../..'));
  });

  it('has these packages in it, each of them in its bill of materials, and none for one flag', () => {
    const packages = [...`${files['LICENSES.txt']}`.matchAll(/^(\S+) (\d+[.]\d+[.]\d+) \(/gm)];
    const names = packages.map(([, name]) => name);
    expect([...new Set(names)]).toEqual([
      'cdk8s',
      'cdk8s-plus-28',
      'fast-json-patch',
      'yaml',
      'commander',
      'constructs',
      'fastest-levenshtein',
      'jwt-decode',
      'smol-toml',
      'xmlbuilder',
    ]);
    const { components } = JSON.parse(`${files['sbom.cdx.json']}`);
    const bundled = components
      .filter(({ properties = [] }) => properties.some((it: { name: string }) => it.name === 'cdx:npm:package:bundled'))
      .map(({ purl }: { purl: string }) => purl);
    expect(bundled.sort()).toEqual(
      [...new Set(packages.map(([, name, version]) => `pkg:npm/${name}@${version}`))].sort(),
    );
    // A package may have another inside, without saying so.
    expect(`${files['main.js']}${files['libraries.js']}`).not.toMatch(/lodash/i);
  });

  it('holds the script of the probe, which reads no file', () => {
    const [first = ''] = probeScript()
      .split('\n')
      .filter((line) => line.startsWith('#') && !line.includes("'"));
    expect(files['main.js']).toContain(first);
    expect(files['main.js']).not.toContain('probe.sh');
  });

  it.each([
    [['--help'], 0],
    [['--version'], 0],
    [['init', '--file', '-'], 0],
    [['synth', '--help'], 0],
    [['synth', '--file', 'list.cjs'], 1],
    [['status'], 2],
    [['ca'], 2],
    [['tokens', 'plan', '--file', STACK, '--today', DAY], 0],
  ])('loads no library of synth for %j', (args, code) => {
    const { status, stdout, stderr, loaded } = run(...args);
    expect({ status, loaded, says: `${stdout}${stderr}` !== '' }).toEqual({
      status: code,
      loaded: ['main.js'],
      says: true,
    });
  });

  it('writes what the sources make, byte for byte', () => {
    const { status, loaded } = run('synth', '--file', STACK, '--output', 'out', '--today', DAY);
    expect({ status, loaded }).toEqual({ status: 0, loaded: ['main.js', 'libraries.js'] });
    for (const { name, manifests } of makeClusters(readStackFile(STACK, DAY).clusters, DAY, STACK)) {
      const written = readdirSync(join(folder, 'out', name)).map((file) => [
        file,
        readFileSync(join(folder, 'out', name, file), 'utf8'),
      ]);
      expect(Object.fromEntries(written)).toEqual(manifests);
    }
  });
});

describe('the bundled command with many clusters', () => {
  const names = Array.from({ length: 100 }, (_, index) => `cluster-${index}`);
  const file = join(folder, 'many.yaml');
  beforeAll(() => {
    const clusters = names.map(
      (name, index) => `
  - name: ${name}
    registries: [registry-${index % 3}.example.com]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
    tokens:
      - organization: kong
        pull: [{purpose: app, repositories: [kong/app], owner: a, bindTo: [{namespace: a, serviceAccounts: [app]}]}]
        sharedAccount: {user: a, secret: shared, retireBy: 2025-06-20, usedBy: {workflows: [release.yaml]}}`,
    );
    writeFileSync(file, `clusters:${clusters.join('')}`);
  });
  const synth = (...args: string[]) => run('synth', '--file', file, '--today', DAY, ...args);

  it('writes the same by threads, and says it in the order of the file', () => {
    const { status, stdout, stderr, loaded } = synth('--output', 'many');
    // Threads load the libraries; where there is one core, there are none.
    expect({ status, loaded }).toEqual({
      status: 0,
      loaded: availableParallelism() > 1 ? ['main.js'] : ['main.js', 'libraries.js'],
    });
    const named = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name);
    expect(named(stdout, /^(cluster-\d+) /gm)).toEqual(names);
    expect(named(stderr, /^secure-mirror: warning: cluster (cluster-\d+): .* ends in 5 days/gm)).toEqual(names);
    const listed: string[] = [];
    for (const { name, manifests, ledger } of makeClusters(readStackFile(file, DAY).clusters, DAY, file)) {
      const within = Object.entries(manifests).map(([file, text]) => [join(name, file), text] as const);
      const ledgers = Object.entries(ledger).map(([file, text]) => [join('../ledger', file), text] as const);
      for (const [file, text] of [...within, ...ledgers]) {
        expect({ file, same: readFileSync(join(folder, 'many', file), 'utf8') === text }).toEqual({ file, same: true });
      }
      listed.push(...within.map(([file]) => file));
    }
    const list = readFileSync(join(folder, 'many/.secure-mirror'), 'utf8').split('\n').slice(1, -1);
    expect(list).toEqual(listed.sort());
  });

  it('reports a fault in a thread as it does without one', () => {
    const file = 'cluster-70/mirror.k8s.yaml';
    mkdirSync(join(folder, 'blocked', file), { recursive: true });
    writeFileSync(join(folder, 'blocked/.secure-mirror'), `${file}\n`);
    const blocked = ['--output', 'blocked', '--ledger', 'blocked-ledger'];
    const alone = synth(...blocked, '--cluster', 'cluster-70');
    expect(alone).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining(`${file}: a folder is in the way`),
    });
    expect(synth(...blocked)).toMatchObject({ status: 2, stdout: '', stderr: alone.stderr });
    // The other thread went on.
    expect(existsSync(join(folder, 'blocked/cluster-49'))).toBe(true);
  });
});
