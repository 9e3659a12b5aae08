import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND, endOf, launch, stackText } from './launch';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'streams-'));
  writeFileSync(join(folder, 'stack.yaml'), stackText());
  mkdirSync(join(folder, 'tokens'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a line of a shell, in which `secure-mirror` is the command. */
function shell(line: string) {
  return endOf(launch(line.replaceAll('secure-mirror', COMMAND), folder, { KUBECTL: '/nowhere/kubectl' }));
}

const FULL = 'secure-mirror: stdout: the result cannot be written: the disk is full\n';

describe('a reader that has enough', () => {
  it.each([
    ['after a line', 'secure-mirror tokens ledger | head -1', /^# Tokens of the cluster cluster-0\n0 0\n$/],
    ['before the first line', '{ sleep 0.2; secure-mirror tokens ledger; } | true', /^0 0\n$/],
    ['before the help', '{ sleep 0.2; secure-mirror --help; } | true', /^0 0\n$/],
    ['before a wrong file is told', '{ sleep 0.2; secure-mirror synth -f tokens; } 2>&1 | true', /^2 0\n$/],
  ])('is no failure, and leaves the exit code: %s', async (_, line, printed) => {
    const { stdout, stderr } = await shell(`${line}; echo "\${PIPESTATUS[@]}"`);
    expect(stdout).toMatch(printed);
    expect(stderr).toBe('');
  });

  it.each([
    ['>&-', 0, ''],
    ['2>&-', 0, '# Tokens of the cluster cluster-0'],
    ['>&- 2>&-', 0, ''],
    ['<&-', 0, '# Tokens of the cluster cluster-0'],
  ])('may never have been: %s', async (closed, code, first) => {
    const end = await shell(`secure-mirror tokens ledger ${closed}`);
    expect({ ...end, stdout: end.stdout.split('\n')[0] }).toEqual({ code, signal: null, stdout: first, stderr: '' });
  });

  it('may have closed stdin, where a token is expected', async () => {
    const { code, stderr } = await shell('secure-mirror tokens docker-config --purpose app --output new.json <&-');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'secure-mirror: stdin: it is empty; expected a token alone\n',
    });
  });
});

describe('a full disk', () => {
  it.each([
    '--help',
    'synth --check',
    'synth --check --json',
    'synth -f missing.yaml --json',
    'reachability',
    'tokens ledger',
    'tokens ledger --json',
    'tokens plan',
    'tokens docker-config --help',
  ])('is told when it takes the result: %s', async (words) => {
    const { code, stderr } = await shell(`secure-mirror ${words} >/dev/full`);
    expect(stderr).toContain(FULL);
    expect(stderr.replace(FULL, '')).not.toContain(' at ');
    expect(code).toBe(2);
  });

  it('is told of a report, and the device stays one', async () => {
    const { code, stdout, stderr } = await shell('secure-mirror tokens verify --from-dir tokens --junit /dev/full');
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'secure-mirror: --junit: /dev/full cannot be written (the disk is full)\n',
    });
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
  });

  it('says nothing more where stderr is full too', async () => {
    expect(await shell('secure-mirror tokens ledger >/dev/full 2>/dev/full')).toEqual({
      code: 2,
      signal: null,
      stdout: '',
      stderr: '',
    });
  });
});
