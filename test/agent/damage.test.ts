import { lstatSync, statSync } from 'node:fs';
import { afterCuts, BLOCK, expectRepaired, THEIRS } from './cuts';
import { Node } from './node';

let node: Node;
beforeEach(async () => {
  node = await Node.create();
});
afterEach(() => Node.disposeAll());

const every = (whole: string, length: number, step: number) =>
  Array.from({ length: Math.ceil((whole.length - length) / step) }, (_, i) => i * step);
const BASIC = 'present=basic authorization="Basic bWlycm9yOnNlY3JldA=="';
/** In CI every byte is tried; elsewhere, and in further cases, one in a few. */
const stride = process.env.CI ? 1 : 7;

describe('a hosts.toml that others cut', () => {
  const ends = (whole: string) => every(whole, 0, stride).map((at) => whole.slice(0, at));
  const starts = (whole: string) => every(whole, 0, stride).map((at) => whole.slice(at + 1));
  /** What is taken out touches our lines. */
  const holes =
    (length: number, step = stride * 3) =>
    (whole: string) => {
      const [block = ''] = BLOCK.exec(whole) ?? [];
      const from = whole.indexOf(block);
      return every(whole, length, step)
        .filter((at) => at + length > from && at < from + block.length)
        .map((at) => whole.slice(0, at) + whole.slice(at + length));
    };
  const kinds: [string, (whole: string) => string[]][] = [
    ['behind every byte', ends],
    ['before every byte', starts],
    ['by each byte of ours', holes(1, stride)],
    ['by a line and a half around ours', holes(60)],
    ['by most of our lines', holes(300)],
  ];

  it.each(kinds)(
    '%s is repaired within three ticks',
    (_, cuts) => {
      node.write('docker.io/hosts.toml', THEIRS);
      node.write('docker.io/ca.pem', 'theirs');
      const { whole, outcomes } = afterCuts(node, cuts);
      expectRepaired({ cut: whole, text: whole }, THEIRS);
      for (const outcome of outcomes) expectRepaired(outcome, THEIRS);
    },
    300_000,
  );

  it.each([1, 60, 300])(
    'by %s bytes is repaired behind our link',
    (length) => {
      const { outcomes } = afterCuts(node, holes(length));
      for (const outcome of outcomes) expectRepaired(outcome, '');
      expect(lstatSync(node.path('docker.io')).isSymbolicLink()).toBe(true);
    },
    300_000,
  );

  it('by one byte of ours is repaired with basic authentication', () => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const { outcomes } = afterCuts(node, holes(1), '', BASIC);
    for (const outcome of outcomes) expectRepaired(outcome, THEIRS);
    expect(statSync(node.path('docker.io/hosts.toml')).mode & 0o777).toBe(0o600);
  });

  it('never passes the credential for a line of theirs', () => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const alone = (whole: string) => whole.replace(/# secured-mirror begin[\s\S]*?\n(?= {2}Auth)/, '');
    const { outcomes } = afterCuts(
      node,
      (whole) => [alone(whole), alone(whole).replace('# secured-mirror end\n', ''), `# an edit\n${alone(whole)}`],
      '',
      BASIC,
    );
    for (const { text } of outcomes) expect(text.match(/Authorization/g)).toHaveLength(1);
  });
});

describe('damage to our lines in a hosts.toml of others', () => {
  const lines = (remove: RegExp) => (whole: string) =>
    whole
      .split('\n')
      .filter((line) => !remove.test(line))
      .join('\n');
  const edit = (text: string) => text.replace('skip_verify = false', 'skip_verify = true');
  const kinds: Record<string, (whole: string) => string> = {
    'no begin': lines(/mirror begin/),
    'no end': lines(/mirror end/),
    'neither begin nor end': lines(/mirror (begin|end)/),
    'no comments': lines(/^#/),
    'no line that names us': lines(/secured-mirror/),
    'a line of ours alone': lines(/mirror (begin|end)|127.0.0.1|capabilities = \["pull"\]|^ {2}ca =|timeout/),
    'our lines twice': (whole) => whole.replace(BLOCK, '$&$&'),
    'our lines twice, once cut': (whole) => whole.replace(BLOCK, (ours) => `${ours}${ours.slice(0, 150)}\n`),
    'the lines in another order': (whole) =>
      whole.replace(BLOCK, (ours) => `${ours.trimEnd().split('\n').reverse().join('\n')}\n`),
    'an edit inside': (whole) => whole.replace('200ms', '9s'),
    'a key of ours gone': lines(/^ {2}client/),
  };

  it.each(Object.entries(kinds))('%s is repaired', (_, damage) => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const { outcomes } = afterCuts(node, (whole) => [damage(whole)]);
    for (const outcome of outcomes) expectRepaired(outcome, THEIRS);
  });

  it.each(Object.entries(kinds))('%s is repaired, and an edit of others at the same time stays', (_, damage) => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const { outcomes } = afterCuts(node, (whole) => [edit(damage(whole))]);
    for (const outcome of outcomes) expectRepaired(outcome, edit(THEIRS));
  });

  it.each(['original', 'written', '{original,written}'])('is repaired without .secured-mirror.%s', (name) => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const cuts = (whole: string) => [kinds['no end']?.(whole) ?? '', kinds['our lines twice']?.(whole) ?? ''];
    const { outcomes } = afterCuts(node, cuts, `rm -f "\${file%/*}"/.secured-mirror.${name}`);
    for (const outcome of outcomes) expectRepaired(outcome, THEIRS);
  });

  const mixed = (whole: string) => edit(whole.replace(/client = [\s\S]*?mirror.internal"/, ''));
  const mangled = (whole: string) =>
    whole.replace('# secured-mirror end', 'x$&').replace('mirror.internal', 'other.internal');

  it('that mixes with an edit of theirs puts back what was theirs, and keeps the file beside it', () => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const { outcomes } = afterCuts(node, (whole) => [mixed(whole)]);
    for (const outcome of outcomes) expect(outcome.text.replace(BLOCK, '')).toBe(THEIRS);
    expect(node.read('docker.io/hosts.toml.damaged')).toBe(outcomes[0]?.cut);
  });

  it('that mixes with an edit of theirs leaves no credential behind', () => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const { outcomes } = afterCuts(node, (whole) => [mangled(whole)], '', BASIC);
    for (const outcome of outcomes) expect(outcome.text.replace(BLOCK, '')).toBe(THEIRS);
    const kept = node.tree().filter((line) => line.includes('Authorization'));
    expect(kept.map((line) => line.split(' ')[0])).toEqual([
      node.path('docker.io/.secured-mirror.written'),
      node.path('docker.io/hosts.toml'),
    ]);
  });

  it.each([
    ['mutual TLS', ''],
    ['basic authentication', BASIC],
  ])('that mixes with an edit behind our link keeps the settings of _default, with %s', (_, settings) => {
    node.write('_default/hosts.toml', THEIRS);
    node.write('_default/ca.pem', 'theirs');
    const { outcomes } = afterCuts(node, (whole) => [mangled(whole)], '', settings);
    for (const { text } of outcomes) {
      expect(text).toMatch(BLOCK);
      expect(text.replace(BLOCK, '')).toBe(THEIRS);
    }
    expect(lstatSync(node.path('docker.io')).isSymbolicLink()).toBe(true);
  });

  it('takes no line of theirs for ours that looks like one', () => {
    const before = 'server = "http://a"\ncapabilities = ["pull"]\n[host."https://m"]\n  skip_verify = false\n';
    node.write('docker.io/hosts.toml', before);
    const { outcomes } = afterCuts(node, (whole) => [lines(/^# secured-mirror/)(whole)]);
    for (const outcome of outcomes) expect(outcome.text.replace(BLOCK, '')).toBe(before);
  });
});
