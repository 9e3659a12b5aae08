import type { CheckResult } from '../../../src/cli/probe/run-checks';
import { asJunit, asText, asValue, type Wording } from '../../../src/cli/probe/text';
import { type Finding, finding } from '../../../src/cli/shared/finding';

const resultOf = (name: string, ...findings: Finding[]): CheckResult => ({
  check: { name, title: `about ${name}` },
  findings,
  seconds: 1.234,
});

const WORDING: Wording = {
  name: 'secure-mirror check',
  items: 'checks',
  verdicts: ['nothing is wrong', 'something is wrong', 'something could not be tried'],
};

const RESULTS = [
  resultOf('dns', finding('ok', 'dns', '', 'answers')),
  resultOf(
    'containerd-config',
    finding(
      'problem',
      'containerd-config',
      'node w1',
      'two folders',
      'write:\n    config_path = "/etc/containerd/certs.d"\n',
    ),
    finding('warning', 'containerd-config', 'node w2', 'old'),
  ),
  resultOf('pull', finding('unknown', 'pull', '', 'not tried: one node\x1b[2J')),
];

describe('results as text', () => {
  it('have a line for each finding, what to do below it, and a summary', () => {
    expect(asText(RESULTS, WORDING, false)).toEqual([
      '✔ dns                answers',
      '✘ containerd-config  node w1: two folders',
      '    write:',
      '        config_path = "/etc/containerd/certs.d"',
      '',
      '‼ containerd-config  node w2: old',
      '? pull               not tried: one node?[2J',
      '',
      '1 ✔, 1 ‼, 1 ✘, 1 ?: something is wrong',
    ]);
  });

  it('colour the marks alone', () => {
    const [first = ''] = asText(RESULTS, WORDING, true);
    expect(first).toBe('\x1b[32m✔\x1b[0m dns                answers');
  });

  it.each([
    ['ok', 'nothing is wrong'],
    ['unknown', 'something could not be tried'],
  ] as const)('end with the verdict of %s', (level, verdict) => {
    expect(asText([resultOf('dns', finding(level, 'dns', '', ''))], WORDING, false).at(-1)).toContain(verdict);
  });
});

describe('results for programs', () => {
  it('group the findings by check', () => {
    expect(asValue(RESULTS, WORDING)).toMatchObject({
      ok: false,
      problems: [expect.stringContaining('two folders')],
      couldNotBeAsked: [expect.stringContaining('not tried')],
      checks: [
        { name: 'dns', title: 'about dns', seconds: 1.2, findings: [{ level: 'ok' }] },
        { name: 'containerd-config', findings: [{ level: 'problem' }, { level: 'warning' }] },
        { name: 'pull' },
      ],
    });
  });

  it('are a case each in JUnit XML, with lines to paste as they are', () => {
    const xml = asJunit(RESULTS, WORDING);
    expect(xml.match(/<testcase/g)).toHaveLength(3);
    expect(xml.match(/<failure/g)).toHaveLength(1);
    expect(xml.match(/<error/g)).toHaveLength(1);
    expect(xml).toMatch(/write:(\n|&#xA;) {4}config_path/);
    expect(xml).not.toContain('\x1b');
  });
});
