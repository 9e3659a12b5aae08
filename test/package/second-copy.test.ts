import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { SecuredStack } from '../../src';
import type { ClusterProps } from '../../src/stack/cluster-props';
import { readStackFile } from '../../src/stack/reader';
import { compileLibrary, installedHere, link, ROOT } from './library-copy';
import { run } from './run';

jest.setTimeout(600_000);

const scratch = mkdtempSync(join(tmpdir(), 'secure-mirror-copies-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('an app with copies of cdk8s and constructs that are not those of the library works as with one', () => {
  const library = join(scratch, 'library');
  const app = join(scratch, 'app');
  compileLibrary(library, '33');
  mkdirSync(app);
  const names = ['cdk8s', 'cdk8s-plus-28', 'constructs'];
  link(app, Object.fromEntries(names.map((name) => [name, installedHere(name)])));
  const { clusters } = readStackFile(join(ROOT, 'stack.yaml'));
  writeFileSync(join(app, 'stack.json'), JSON.stringify({ clusters }));
  cpSync(join(__dirname, 'second-copy-app.cjs'), join(app, 'app.cjs'));

  const said = run([process.execPath, 'app.cjs', join(library, 'dist/lib/src/index.js')], app);
  const { tested, ...rest } = JSON.parse(said);
  expect(rest).toEqual({
    copies: [true, true],
    construct: true,
    first: 'Secret',
    issuer: { ca: { secretName: 'our-ca' } },
    patched: [2, 'value'],
    mistake: expect.stringContaining('ServiceAccount kong/kong-controller is made in this app too'),
  });
  const chart = new Chart(new App(), 'test');
  new SecuredStack(chart, 'stack', clusters[0] as ClusterProps);
  expect(tested).toEqual(JSON.parse(JSON.stringify(Testing.synth(chart))));
});
