import { fitted } from '../../../src/cli/shared/fitted';
import type { Spelling } from '../../../src/stack/spelling';
import { withKubectl } from '../secure-mirror';

let mockCommand: string;
jest.mock('../../../src/cli/shared/started', () => ({
  ...jest.requireActual('../../../src/cli/shared/started'),
  spellingOf: () =>
    new (jest.requireActual('../../../src/stack/spelling').Spelling as typeof Spelling)({ command: mockCommand }),
}));

const IN_CLONE = 'npm run --silent secure-mirror --';
const help = async (...words: string[]) => withKubectl('kubectl', ...words);

beforeEach(() => {
  mockCommand = 'secure-mirror';
});

/** The commands that a help lists. */
async function listed(...words: string[]): Promise<string[]> {
  const { stdout } = await help(...words, '--help');
  const [, list = ''] = stdout.split('\nCommands:\n');
  return [...(list.split('\n\n')[0] ?? '').matchAll(/^ {2}([a-z][-a-z]*)/gm)].map(([, name = '']) => name);
}

/** Every command, with its words. */
async function all(): Promise<string[][]> {
  const names = (await listed()).filter((name) => name !== 'help');
  const below = await Promise.all(
    names.map(async (name) => (await listed(name)).filter((one) => one !== 'help').map((one) => [name, one])),
  );
  return [[], ...names.map((name) => [name]), ...below.flat()];
}

describe('a help', () => {
  const before = { isTTY: process.stdout.isTTY, columns: process.stdout.columns, COLUMNS: process.env.COLUMNS };
  afterEach(() => {
    process.stdout.isTTY = before.isTTY;
    process.stdout.columns = before.columns;
    if (before.COLUMNS === undefined) delete process.env.COLUMNS;
  });

  it.each([
    ['secure-mirror', undefined],
    [IN_CLONE, undefined],
    [IN_CLONE, 200],
    ['npx --no-install secure-mirror', 200],
  ])('of each command has at most 80 columns: %s, in a terminal of %p', async (command, columns) => {
    mockCommand = command;
    if (columns !== undefined) {
      process.stdout.isTTY = true;
      process.stdout.columns = columns;
      process.env.COLUMNS = `${columns}`;
    }
    const commands = await all();
    expect(commands.length).toBeGreaterThan(14);
    for (const words of commands) {
      const { code, stdout, stderr } = await help(...words, '--help');
      expect({ words, code, stderr }).toEqual({ words, code: 0, stderr: '' });
      expect(stdout).toMatch(new RegExp(`^Usage: ${[command, ...words].join(' ')} \\[options\\]`));
      expect({ words, wide: stdout.split('\n').filter((line) => line.length > 80) }).toEqual({ words, wide: [] });
    }
  });

  it('is the same in a terminal of any width', async () => {
    const narrow = await help('tokens', 'verify', '--help');
    process.stdout.isTTY = true;
    process.stdout.columns = 200;
    expect(await help('tokens', 'verify', '--help')).toEqual(narrow);
  });

  it('is the same by `help` before its words, at any depth', async () => {
    for (const words of await all()) {
      const { stdout } = await help(...words, '--help');
      expect(await help('help', ...words)).toEqual({ code: 0, stdout, stderr: '' });
    }
    const { stdout } = await help('tokens', 'verify', '--help');
    expect(stdout).toContain('Proves what each token may do');
    expect((await help('tokens', 'help', 'verify')).stdout).toBe(stdout);
  });

  it.each([
    [['help', 'nosuch'], "unknown command 'nosuch'"],
    [['nosuch', '--help'], "unknown command 'nosuch'"],
    [['help', 'tokens', 'nosuch'], "unknown command 'nosuch'"],
    [['tokens', 'nosuch', '--help'], "unknown command 'nosuch'"],
    [['help', 'tokens', 'verfy'], "unknown command 'verfy' (Did you mean verify?)"],
    [['help', 'status', 'more'], "too many arguments for 'status'. Expected 0 arguments but got 1."],
  ])('of a command that does not exist is an error: %j', async (words, message) => {
    expect(await help(...words)).toEqual({ code: 2, stdout: '', stderr: `secure-mirror: ${message}\n` });
  });
});

describe('a text within 80 columns', () => {
  it('has its paragraphs broken at words, and commands where a shell goes on', () => {
    const wide = [
      'First, a paragraph that is longer than a line of eighty columns may ever become.',
      'It goes on.',
      '',
      'Examples:',
      "  npm run --silent secure-mirror -- tokens verify --purpose 'a purpose with blanks' --json # what for",
      '  short',
      '',
    ].join('\n');
    expect(fitted(wide.replace('First', 'At first'))).toBe(
      [
        'At first, a paragraph that is longer than a line of eighty columns may ever',
        'become. It goes on.',
        '',
        'Examples:',
        '  # what for',
        '  npm run --silent secure-mirror -- tokens verify \\',
        "      --purpose 'a purpose with blanks' --json",
        '  short',
        '',
      ].join('\n'),
    );
    expect(fitted('as it is\n\n  as it is\n')).toBe('as it is\n\n  as it is\n');
  });
});
