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

describe('a hosts.toml whose lines of ours were cut', () => {
  it('is repaired by an agent that runs, and by one that starts', async () => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const before = node.tree();
    node.start();
    await node.until(() => node.published);
    const whole = node.read('docker.io/hosts.toml');
    const damage = () => {
      writeFileSync(node.path('docker.io/hosts.toml'), whole.slice(0, whole.indexOf('client = ')));
    };
    damage();
    await node.until(() => node.read('docker.io/hosts.toml') === whole);
    await node.stop('SIGKILL');
    damage();
    node.start();
    await node.until(() => node.read('docker.io/hosts.toml') === whole);
    await node.stop();
    expect(node.tree()).toEqual(before);
  });

  it('is what it was before, once the mirror is gone', async () => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const before = node.tree();
    node.start();
    await node.until(() => node.published);
    await node.stop('SIGKILL');
    const whole = node.read('docker.io/hosts.toml');
    writeFileSync(node.path('docker.io/hosts.toml'), whole.slice(0, whole.indexOf('client = ')));
    node.proxy = 'unready';
    node.start();
    await node.logged('withdrew docker.io');
    await node.stop();
    expect(node.tree()).toEqual(before);
  });
});
