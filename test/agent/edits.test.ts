import { writeFileSync } from 'node:fs';
import { afterCuts, BLOCK, expectRepaired, THEIRS } from './cuts';
import { Node } from './node';

let node: Node;
beforeEach(async () => {
  node = await Node.create();
});
afterEach(() => Node.disposeAll());

describe('a hosts.toml that others edit', () => {
  const edits: Record<string, (theirs: string) => string> = {
    'their first lines gone': (theirs) => theirs.replace(/^server.*\nca = .*\n.*\n]\n\n/, ''),
    'their last lines gone': (theirs) => theirs.slice(0, theirs.lastIndexOf('[host')),
    'a comment gone': (theirs) => theirs.replace(' # as it is', ''),
    'a line in the middle gone': (theirs) => theirs.replace('  skip_verify = false\n', ''),
    'the last newline gone': (theirs) => theirs.trimEnd(),
    'a line added': (theirs) => `# more\n${theirs}`,
    'something else': () => 'server = "https://b"\n',
  };
  for (const [how, kept] of [
    ['around our lines', true],
    ['and our lines with it', false],
  ] as const)
    it.each(Object.entries(edits))(`%s, ${how}, is followed`, (_, change) => {
      node.write('docker.io/hosts.toml', THEIRS);
      node.write('docker.io/ca.pem', 'theirs');
      const { outcomes } = afterCuts(node, (whole) => {
        const [ours = ''] = BLOCK.exec(whole) ?? [];
        return [kept ? change(whole) : change(whole.replace(ours, ''))];
      });
      for (const outcome of outcomes) {
        expectRepaired(outcome, THEIRS);
        expect([change(THEIRS), `${change(THEIRS)}\n`]).toContain(outcome.text.replace(BLOCK, ''));
      }
    });
});

it('keys with quotes that others take out of the end of a hosts.toml stay out', () => {
  const theirs = `${THEIRS}  "x-b" = "2"\n  x."y" = "3"\n`;
  node.write('docker.io/hosts.toml', theirs);
  node.write('docker.io/ca.pem', 'theirs');
  const { outcomes } = afterCuts(node, (whole) => [
    whole.replace(/ {2}x."y".*\n/, ''),
    whole.replace(/ {2}"x-b"[\s\S]*$/, ''),
  ]);
  expect(outcomes.map(({ text }) => text.replace(BLOCK, ''))).toEqual([`${THEIRS}  "x-b" = "2"\n`, THEIRS]);
});

describe('a hosts.toml that was damaged', () => {
  const damages: [string, (whole: string) => string][] = [
    ['in our lines', (whole) => whole.slice(0, whole.indexOf('client = '))],
    ['in theirs', (whole) => whole.slice(0, 15)],
    ['by emptying it', () => ''],
    ['to NULs, as a loss of power does', (whole) => '\0'.repeat(whole.length)],
  ];

  it.each(damages)('%s is repaired by an agent that runs, and by one that starts', async (_, cut) => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const before = node.tree();
    node.start();
    await node.until(() => node.published);
    const whole = node.read('docker.io/hosts.toml');
    const damage = () => writeFileSync(node.path('docker.io/hosts.toml'), cut(whole));
    damage();
    await node.until(() => node.read('docker.io/hosts.toml') === whole);
    await node.stop('SIGKILL');
    damage();
    node.start();
    await node.until(() => node.read('docker.io/hosts.toml') === whole);
    await node.stop();
    expect(node.tree()).toEqual(before);
  });

  it.each(damages)('%s is what it was before, once the mirror is gone', async (_, cut) => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const before = node.tree();
    node.start();
    await node.until(() => node.published);
    await node.stop('SIGKILL');
    writeFileSync(node.path('docker.io/hosts.toml'), cut(node.read('docker.io/hosts.toml')));
    node.proxy = 'unready';
    node.start();
    await node.logged('withdrew docker.io');
    await node.stop();
    expect(node.tree()).toEqual(before);
  });

  it('by NULs among the text keeps what it was before, beside it', async () => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    node.start();
    await node.until(() => node.published);
    const damaged = `${THEIRS}\0\0`;
    writeFileSync(node.path('docker.io/hosts.toml'), damaged);
    await node.logged('not mirroring docker.io: its hosts.toml cannot be read');
    await node.stop();
    expect(node.read('docker.io/hosts.toml')).toBe(damaged);
    expect(node.read('docker.io/.secured-mirror.original')).toBe(THEIRS);
  });
});
