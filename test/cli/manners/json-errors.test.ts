import { mkdirSync, writeFileSync } from 'node:fs';
import { withKubectl } from '../secure-mirror';
import { inFolderOfItsOwn } from '../working-folder';
import { stackText } from './launch';

inFolderOfItsOwn();

beforeEach(() => {
  writeFileSync('stack.yaml', stackText());
  writeFileSync(
    'wrong.yaml',
    stackText().replace('caSecret', 'caSecrt').replace('organization: kong', 'organization: 7'),
  );
  mkdirSync('tokens');
});

describe('--json', () => {
  it.each([
    [2, 'usage', ['--json']],
    [2, 'usage', ['nosuch', '--json']],
    [2, 'usage', ['status', '--json', '--nosuch']],
    [2, 'usage', ['ca', '--json', '--namespace']],
    [2, 'usage', ['help', 'tokens', 'nosuch', '--json']],
    [2, 'configuration', ['synth', '--json', '-f', 'missing.yaml']],
    [2, 'configuration', ['status', '--json', '--timeout', 'soon']],
    [2, 'configuration', ['reachability', '--json', '--cluster', 'nosuch']],
    [2, 'configuration', ['tokens', 'verify', '--json']],
    [2, 'settings', ['tokens', 'ledger', '--json', '--today', 'soon']],
    [2, 'kubectl', ['status', '--json']],
    [2, 'kubectl', ['tokens', 'drift', '--json']],
    [2, 'kubectl', ['check', '--json', '--clean']],
    [2, 'output', ['tokens', 'verify', '--json', '--from-dir', 'tokens', '--junit', 'nosuch/report.xml']],
  ])('exit code %d: an error of the kind %s for %j', async (exitCode, kind, args) => {
    const { code, stdout, stderr } = await withKubectl('/nowhere/kubectl', ...args);
    const { ok, error } = JSON.parse(stdout);
    expect({ code, ok, kind: error.kind }).toEqual({ code: exitCode, ok: false, kind });
    expect(Object.keys(error)).toEqual(kind === 'settings' ? ['kind', 'message', 'problems'] : ['kind', 'message']);
    // A person reads the same.
    expect(stderr.replaceAll('/nowhere/', '')).toContain(error.message.split('\n')[0].slice(0, 40));
  });

  it.each([
    [1, ['synth']],
    [2, ['reachability']],
    [2, ['tokens', 'plan']],
    [2, ['tokens', 'docker-config', '--purpose', 'app']],
    [2, ['check']],
    [2, ['verify']],
  ])('exit code %d: every mistake of a file with its place for %j', async (exitCode, args) => {
    const asked = args.includes('docker-config') ? [] : ['--json'];
    const { code, stdout, stderr } = await withKubectl('/nowhere/kubectl', ...args, ...asked, '-f', 'wrong.yaml');
    expect(code).toBe(exitCode);
    expect(stderr.trimEnd().split('\n')).toEqual([
      'secure-mirror: wrong.yaml has 2 mistakes',
      expect.stringMatching(/^wrong[.]yaml:4:\d+: clusters\[0\][.]authentication[.]mutualTls[.]issuer[.]caSecrt: /),
      expect.stringMatching(/^wrong[.]yaml:6:\d+: clusters\[0\][.]tokens\[0\][.]organization: got 7; /),
    ]);
    if (asked.length === 0) return;
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      error: {
        kind: 'settings',
        message: expect.stringContaining('caSecrt'),
        problems: [
          {
            file: 'wrong.yaml',
            line: 4,
            column: expect.any(Number),
            key: expect.any(String),
            message: expect.any(String),
          },
          {
            file: 'wrong.yaml',
            line: 6,
            column: expect.any(Number),
            key: 'clusters[0].tokens[0].organization',
            value: '7',
            message: expect.any(String),
          },
        ],
      },
    });
  });

  it('leaves stdout to results without it', async () => {
    for (const args of [['nosuch'], ['status'], ['synth', '-f', 'wrong.yaml']]) {
      expect((await withKubectl('/nowhere/kubectl', ...args)).stdout).toBe('');
    }
  });
});

describe('a message', () => {
  it.each([
    [['nosuch'], "secure-mirror: unknown command 'nosuch'\n"],
    [['stats'], "secure-mirror: unknown command 'stats' (Did you mean status?)\n"],
    [['status', '--jso'], "secure-mirror: unknown option '--jso' (Did you mean --json?)\n"],
    [['tokens', 'verfy'], "secure-mirror: unknown command 'verfy' (Did you mean verify?)\n"],
    [['status', 'more'], "secure-mirror: too many arguments for 'status'. Expected 0 arguments but got 1.\n"],
    [
      ['synth', '-f', 'missing.yaml'],
      'secure-mirror: missing.yaml: this file does not exist; name the stack with --file, or in the variable STACK\n',
    ],
  ])('begins with the name of the command: %j', async (args, message) => {
    const { code, stderr } = await withKubectl('/nowhere/kubectl', ...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: message });
  });
});
