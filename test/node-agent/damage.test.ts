import { spawnSync } from 'node:child_process';
import { lstatSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ENTRY, Node } from './node';
import { hostsOf, parseToml } from './toml';

const SCRIPTS = resolve(__dirname, '../../src/node-agent');
const BLOCK = /# secured-mirror begin.*\n(?:.*\n)*?# secured-mirror end\n/;

/** A top level, ours comes after it, and tables of others. */
const THEIRS = `server = "http://registry.internal" # as it is
ca = [
  "ca.pem",
]

[host."https://mirror.internal"]
  capabilities = ["pull", "resolve"]
  skip_verify = false
[host."https://mirror.internal".header]
  x-site = ["a"]
`;

interface Outcome {
  readonly cut: string;
  readonly text: string;
}

let node: Node;
beforeEach(async () => {
  node = await Node.create();
});
afterEach(() => Node.disposeAll());

/**
 * Publishes docker.io, then writes over its hosts.toml what each of `cuts` makes of it and lets three ticks pass, one cut after the other.
 * Between damage and ticks it runs `meanwhile`.
 */
function afterCuts(
  cuts: (whole: string) => string[],
  meanwhile = '',
  settings = '',
): { whole: string; outcomes: Outcome[] } {
  const script = (damage: string) => `
    set -u; shopt -s nullglob dotglob; export LC_ALL=C; umask 077
    for part in files settings hosts-toml damage identity publish withdraw; do . "$0/$part.sh"; done
    say() { :; }
    sync() { :; } # of no account here
    present=mutual-tls entry=$ENTRY generation=0123456789ab ca=ca client=client authorization='' ${settings}
    file=$MIRROR_HOSTS_FOLDER/docker.io/hosts.toml
    three_ticks() { publish docker.io; publish docker.io; publish docker.io; }
    three_ticks
    ${damage}`;
  const run = (damage: string, input = '') => {
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script(damage), SCRIPTS], {
      input,
      env: {
        PATH: process.env.PATH,
        MIRROR_HOSTS_FOLDER: node.hosts,
        MIRROR_STATE_FOLDER: node.states,
        ENTRY,
        MIRROR_DIAL_TIMEOUT: '200ms',
        MIRROR_KEY_SECONDS: '60',
      },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    expect(stderr).toBe('');
    return stdout;
  };
  const whole = run('cat "$file"');
  const all = cuts(whole);
  const loop = `slurp "$file"; whole=$text theirs=$text
    ! slurp "\${file%/*}/.secured-mirror.original" || theirs=$text
    while IFS= read -r -d '' cut; do
      for name in hosts.toml .secured-mirror.written; do printf %s "$whole" >"\${file%/*}/$name"; done
      [[ -L \${file%/*} ]] || printf %s "$theirs" >"\${file%/*}/.secured-mirror.original"
      seen=()
      printf %s "$cut" >"$file"
      ${meanwhile}
      three_ticks
      slurp "$file"; printf '%s\\0' "$text"
    done`;
  const texts = run(loop, all.map((cut) => `${cut}\0`).join('')).split('\0');
  return { whole, outcomes: all.map((cut, i) => ({ cut, text: texts[i] ?? '' })) };
}

/** Ours is in force, in a file that parses, and nothing of others that was still in it is lost. */
function expectRepaired({ cut, text }: Outcome, theirs: string): void {
  const tables = parseToml(text);
  expect(hostsOf(tables)[0]).toBe(ENTRY);
  const rest = text.replace(BLOCK, '');
  expect(rest).not.toContain('secured-mirror');
  // A cut that took others' lines only, as an edit does, stays.
  const left = cut.replace(BLOCK, '');
  expect([theirs, left, `${left}\n`]).toContain(rest);
}

const every = (whole: string, length: number, step: number) =>
  Array.from({ length: Math.ceil((whole.length - length) / step) }, (_, i) => i * step);
/** On a developer's machine one byte in a few, in CI all. */
const stride = process.env.CI ? 1 : 7;

describe('a hosts.toml that others cut', () => {
  const ends = (whole: string) => every(whole, 0, stride).map((at) => whole.slice(0, at));
  const starts = (whole: string) => every(whole, 0, stride).map((at) => whole.slice(at + 1));
  /** What is taken out touches our lines. */
  const holes = (length: number) => (whole: string) => {
    const [block = ''] = BLOCK.exec(whole) ?? [];
    const from = whole.indexOf(block);
    return every(whole, length, stride)
      .filter((at) => at + length > from && at < from + block.length)
      .map((at) => whole.slice(0, at) + whole.slice(at + length));
  };
  const kinds: [string, (whole: string) => string[]][] = [
    ['behind every byte', ends],
    ['before every byte', starts],
    ['by one byte anywhere', holes(1)],
    ['by a line and a half anywhere', holes(60)],
    ['by most of our lines anywhere', holes(300)],
  ];

  it.each(kinds)(
    '%s is repaired within three ticks',
    (_, cuts) => {
      node.write('docker.io/hosts.toml', THEIRS);
      node.write('docker.io/ca.pem', 'theirs');
      const { whole, outcomes } = afterCuts(cuts);
      expectRepaired({ cut: whole, text: whole }, THEIRS);
      for (const outcome of outcomes) expectRepaired(outcome, THEIRS);
    },
    300_000,
  );

  it.each(kinds.slice(0, 3))(
    '%s is repaired behind our link',
    (_, cuts) => {
      const { outcomes } = afterCuts((whole) => cuts(whole).filter((text) => /secured-mirror/.test(text)));
      for (const outcome of outcomes) expectRepaired(outcome, '');
      expect(lstatSync(node.path('docker.io')).isSymbolicLink()).toBe(true);
    },
    300_000,
  );

  it('by one byte of ours is repaired with basic authentication', () => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const { outcomes } = afterCuts(holes(1), '', 'present=basic authorization="Basic bWlycm9yOnNlY3JldA=="');
    for (const outcome of outcomes) expectRepaired(outcome, THEIRS);
    expect(statSync(node.path('docker.io/hosts.toml')).mode & 0o777).toBe(0o600);
  }, 300_000);
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
    const { outcomes } = afterCuts((whole) => [damage(whole)]);
    for (const outcome of outcomes) expectRepaired(outcome, THEIRS);
  });

  it.each(Object.entries(kinds))('%s is repaired, and an edit of others at the same time stays', (_, damage) => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const { outcomes } = afterCuts((whole) => [edit(damage(whole))]);
    for (const outcome of outcomes) expectRepaired(outcome, edit(THEIRS));
  });

  it.each(['original', 'written', '{original,written}'])('is repaired without .secured-mirror.%s', (name) => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const cuts = (whole: string) => [kinds['no end']?.(whole) ?? '', kinds['our lines twice']?.(whole) ?? ''];
    const { outcomes } = afterCuts(cuts, `rm -f "\${file%/*}"/.secured-mirror.${name}`);
    for (const outcome of outcomes) expectRepaired(outcome, THEIRS);
  });

  it('that mixes with an edit of theirs puts back what was theirs, and keeps the file beside it', () => {
    node.write('docker.io/hosts.toml', THEIRS);
    node.write('docker.io/ca.pem', 'theirs');
    const cut = (whole: string) => edit(whole.replace(/client = [\s\S]*?mirror.internal"/, ''));
    const { outcomes } = afterCuts((whole) => [cut(whole)]);
    for (const outcome of outcomes) expect(outcome.text.replace(BLOCK, '')).toBe(THEIRS);
    expect(node.read('docker.io/hosts.toml.damaged')).toBe(outcomes[0]?.cut);
  });
});

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
      const { outcomes } = afterCuts((whole) => {
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
