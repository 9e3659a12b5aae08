import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { withKubectl } from '../secure-mirror';
import { clusterText, inFolderOfItsOwn } from '../working-folder';

inFolderOfItsOwn();

const secureMirror = (...args: string[]) => withKubectl('/nowhere/kubectl', ...args);

/** What a tool that sorts keys and drops comments makes of a cluster's folder. */
async function rendered(clusters: string, cluster: string): Promise<string> {
  writeFileSync('stack.yaml', `clusters:${clusters}`);
  expect((await secureMirror('synth', '-o', 'out')).code).toBe(0);
  const folder = join('out', cluster);
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  const documents = files.flatMap((file) => [...parseAllDocuments(readFileSync(join(folder, file), 'utf8'))]);
  return documents
    .map((document) => stringify(document.toJS(), { sortMapEntries: true, aliasDuplicateObjects: false }))
    .join('---\n');
}

describe('secure-mirror compare', () => {
  it('finds what synth wrote equal, whatever the layout', async () => {
    writeFileSync('rendered.yaml', await rendered(clusterText('one') + clusterText('two'), 'two'));
    const text = await secureMirror('compare', 'rendered.yaml', '--cluster', 'two');
    expect(text).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^ok {7}cluster two: \d+ objects as stack.yaml makes them\n$/),
      stderr: '',
    });
    const json = await secureMirror('compare', 'rendered.yaml', '--cluster', 'two', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ cluster: 'two', ok: true, problems: [], findings: [] });
  });

  it('ends with 1 where a tool changed something, and says which key does it', async () => {
    const text = await rendered(clusterText('one'), 'one');
    writeFileSync('rendered.yaml', text.replaceAll('namespace: secured-mirror\n', 'namespace: mirror\n'));
    const outcome = await secureMirror('compare', 'rendered.yaml');
    expect(outcome.code).toBe(1);
    expect(outcome.stdout).toMatch(/^problem {2}namespace mirror: a tool put /m);
    expect(outcome.stdout).toContain('set `namespace: mirror` in stack.yaml');
    const { ok, findings } = JSON.parse((await secureMirror('compare', 'rendered.yaml', '--json')).stdout);
    expect(ok).toBe(false);
    expect(findings[0]).toMatchObject({ level: 'problem', code: 'namespace' });
  });

  it('ends with 2 where it cannot compare', async () => {
    writeFileSync('stack.yaml', `clusters:${clusterText('one')}`);
    writeFileSync('empty.yaml', '# nothing\n');
    const outcomes = [
      await secureMirror('compare', 'missing.yaml'),
      await secureMirror('compare', 'empty.yaml'),
      await secureMirror('compare', 'empty.yaml', '--cluster', 'other'),
      await secureMirror('compare'),
    ];
    expect(outcomes.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    expect(outcomes[0]?.stderr).toContain('missing.yaml: cannot be read: there is no such file');
    expect(outcomes[1]?.stderr).toContain('empty.yaml: it has no object');
  });

  it.each([
    [
      'an alias without an anchor',
      'a: *missing\n',
      'rendered.yaml: an alias (*name) needs an anchor (&name) before it',
    ],
    [
      'aliases that lead into themselves',
      'a: &a\n  b: *a\n',
      'rendered.yaml: the aliases (*name) of this file lead into',
    ],
    [
      'aliases of aliases without end',
      ['a0: &a0 [x, x]', ...Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`), ''].join(
        '\n',
      ),
      'rendered.yaml: the aliases (*name) of this file lead into',
    ],
  ])('refuses %s', async (_, text, message) => {
    writeFileSync('stack.yaml', `clusters:${clusterText('one')}`);
    writeFileSync('rendered.yaml', text);
    expect(await secureMirror('compare', 'rendered.yaml')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(message),
    });
  });

  it('says in --timeout how long it waits for a pipe', async () => {
    writeFileSync('stack.yaml', `clusters:${clusterText('one')}`);
    expect((await secureMirror('compare', '--help')).stdout).toContain('--timeout <duration>');
    const refused = await secureMirror('compare', 'rendered.yaml', '--timeout', 'soon');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--timeout') });
  });
});
