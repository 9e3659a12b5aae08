import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { SecuredStack } from '../../src';
import { readStackFile } from '../../src/stack/reader';
import { compileLibrary, ROOT } from './library-copy';
import { run } from './run';

jest.setTimeout(600_000);

/** Lines of cdk8s-plus, each for a version of Kubernetes, that may stand in for the one that the library names. */
const LINES = ['30', '31', '32', '33', '34'];

const scratch = mkdtempSync(join(tmpdir(), 'secure-mirror-peers-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const { clusters } = readStackFile(join(ROOT, 'stack.yaml'));

/** The objects as this clone makes them. */
function here() {
  return clusters.map((cluster) => {
    const app = new App();
    new SecuredStack(new Chart(app, 'secured-mirror'), 'stack', cluster);
    return app.charts.map((chart) => chart.toJson());
  });
}

describe.each(LINES)('with cdk8s-plus-%s under the name cdk8s-plus-28', (line) => {
  const folder = join(scratch, line);

  it('the library compiles', () => {
    expect(compileLibrary(folder, line)).toBe('');
  });

  it('the default stack.yaml makes the same objects', () => {
    cpSync(join(__dirname, 'synth-default.cjs'), join(folder, 'synth-default.cjs'));
    writeFileSync(join(folder, 'stack.json'), JSON.stringify({ clusters }));
    const made = JSON.parse(run([process.execPath, 'synth-default.cjs'], folder));
    expect(made.flat(2).length).toBeGreaterThan(20);
    expect(made).toEqual(JSON.parse(JSON.stringify(here())));
  });
});

describe('npm, without --force', () => {
  const { peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const lines = JSON.parse(readFileSync(join(__dirname, 'tools/lines/package.json'), 'utf8')).dependencies;

  /** Has npm work out what an app with this package and a line of cdk8s-plus needs. */
  function install(line: string, peers: { readonly [name: string]: string }): void {
    const folder = mkdtempSync(join(scratch, 'npm-'));
    const library = { name: 'secure-mirror', version: '0.0.0', peerDependencies: peers, peerDependenciesMeta };
    const dependencies = {
      cdk8s: lines.cdk8s,
      constructs: lines.constructs,
      'cdk8s-plus-28': `npm:cdk8s-plus-${line}@${lines[`cdk8s-plus-${line}`]}`,
      'secure-mirror': 'file:library',
    };
    mkdirSync(join(folder, 'library'));
    writeFileSync(join(folder, 'library/package.json'), JSON.stringify(library));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
    const flags = ['--package-lock-only', '--strict-peer-deps', '--install-links', '--no-audit', '--no-fund'];
    run(['npm', 'install', ...flags], folder);
  }

  it.each(LINES)('takes cdk8s-plus-%s for the peer cdk8s-plus-28', (line) => {
    install(line, peerDependencies);
  });

  it('would refuse one that the range does not hold', () => {
    expect(() => install('34', { ...peerDependencies, 'cdk8s-plus-28': '^2.5.6' })).toThrow(/ERESOLVE/);
  });
});
