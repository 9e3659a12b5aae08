import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PLATFORMS } from '../../../src/cli/init/new-stack';
import { withKubectl } from '../../cli/secure-mirror';
import { pressed, SHELLS } from './shells';

const home = mkdtempSync(join(tmpdir(), 'secure-mirror-completion-'));
const folder = join(home, 'work');
const scriptOf = (shell: string) => join(home, shell);
beforeAll(async () => {
  mkdirSync(join(folder, 'folder'), { recursive: true });
  writeFileSync(join(folder, 'stack.yaml'), '');
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/secure-mirror'), `#!/bin/sh\nprintf '<%s>' "$@"; echo\n`, { mode: 0o755 });
  for (const { name } of SHELLS)
    writeFileSync(scriptOf(name), (await withKubectl('kubectl', 'completion', name)).stdout);
});
afterAll(() => rmSync(home, { recursive: true }));

/** What the help of a command lists: commands, and the long spellings of options. */
async function listed(command: string): Promise<string[]> {
  const { stdout } = await withKubectl('kubectl', ...command.split(' ').filter(Boolean), '--help');
  const commands = [...(stdout.split('\nCommands:\n')[1] ?? '').matchAll(/^ {2}([a-z][a-z-]*)/gm)];
  const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z][a-z-]*)/gm)];
  return [...commands, ...options].map(([, word = '']) => word).sort();
}

const COMMANDS = [
  '',
  'init',
  'synth',
  'check',
  'verify',
  'status',
  'reachability',
  'ca',
  'tokens',
  'tokens plan',
  'tokens docker-config',
  'tokens verify',
  'tokens drift',
];

describe.each(SHELLS)('$name', ({ name, candidates }) => {
  it('offers what the help of each command lists', async () => {
    const prefixes = COMMANDS.map((command) => (command === '' ? '' : `${command} `));
    const all = candidates(
      scriptOf(name),
      folder,
      prefixes.flatMap((prefix) => [prefix, `${prefix}--`]),
    );
    for (const [index, command] of COMMANDS.entries()) {
      const found = [...(all[2 * index] ?? []), ...(all[2 * index + 1] ?? [])].filter((word) => !/^-\w$/.test(word));
      expect([command, [...new Set(found)].sort()]).toEqual([command, await listed(command)]);
    }
  });

  it('offers the words of options and arguments, files for others, and nothing for texts', () => {
    const lines = [
      'init --platform ',
      'init -f synth --platform=t',
      'completion ',
      'synth -f s',
      'tokens verify --from-dir f',
      'synth --cluster ',
      'tokens v',
      'verify --row T2 --dis',
      'compare st',
      'compare stack.yaml --js',
    ];
    const [platforms = [], one, shells = [], file, path, text, command, option, ...compared] = candidates(
      scriptOf(name),
      folder,
      lines,
    );
    expect(platforms.sort()).toEqual([...PLATFORMS].sort());
    expect(one).toEqual([expect.stringMatching(/^(--platform=)?talos$/)]);
    expect(shells.filter((word) => !word.startsWith('-')).sort()).toEqual(['bash', 'fish', 'zsh']);
    expect([file, path]).toEqual([['stack.yaml'], [expect.stringMatching(/^folder\/?$/)]]);
    expect(compared).toEqual([['stack.yaml'], ['--json']]);
    expect([text, command, option]).toEqual([[], ['verify'], ['--disturb']]);
  });
});

describe.each(['bash', 'zsh'] as const)('in a terminal, %s', (name) => {
  it.each(['secure-mirror', './bin/secure-mirror'])(
    'completes a whole line of %s, also when the script was loaded twice',
    (command) => {
      const pieces = ['tok', 'pl', '--fi', 'st', '--outp', 'fo'];
      expect(pressed(name, scriptOf(name), folder, command, pieces)).toMatch(
        /^<tokens><plan><--file><stack.yaml><--output><folder\/?>$/,
      );
    },
  );
});
