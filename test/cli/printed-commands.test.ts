import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { run } from '../package/run';
import { commandsOf, tried } from '../printed-commands';
import { example } from '../tokens/ledger-example';

jest.setTimeout(120_000); // each command starts npm and Node
const CLONE = resolve(__dirname, '../..');
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'printed ')));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('the commands that a clone prints', () => {
  it.each([
    ['in its folder', CLONE, ['npm', 'run', '--silent', 'secure-mirror', '--']],
    ['elsewhere', scratch, ['npm', '--prefix', CLONE, 'run', '--silent', 'secure-mirror', '--']],
  ])('work where they are typed: %s', (_, folder, start) => {
    const file = join(scratch, "it's a stack.yaml");
    writeFileSync(file, stringify({ clusters: [example, { ...example, name: 'other' }] }));
    const out = join(scratch, 'out');
    const given = ['--file', file, '--output', out, '--cluster', 'production', '--kubeconfig', '/etc/kube'];
    const printed = commandsOf(
      run(
        [
          ...start,
          'tokens',
          'plan',
          '--json',
          '--today',
          '2025-06-01',
          '--purpose',
          'nightly-ingress-controller push',
          ...given,
        ],
        folder,
      ),
    );
    expect(tried(printed, folder, {})).toEqual(['kubectl --kubeconfig /etc/kube', `${join(out, 'production')}/`]);
  });
});
