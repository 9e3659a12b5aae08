import { exitCodeFor, finding, LEVELS, type Level } from '../../../src/cli/shared/finding';
import { findingsJson } from '../../../src/cli/shared/findings-json';
import { findingsJunit } from '../../../src/cli/shared/findings-junit';
import { findingsText } from '../../../src/cli/shared/findings-text';

const of = (level: Level) => finding(level, 'code', 'the thing', `has a ${level}`);
const all = LEVELS.map(of);
const fixable = finding('problem', 'code', 'the thing', 'is broken', 'mend it');

describe('findings', () => {
  it.each<[number, Level[]]>([
    [0, []],
    [0, ['ok', 'note', 'warning']],
    [2, ['unknown', 'warning']],
    [1, ['unknown', 'problem']],
  ])('have the exit code %d with %j', (code, levels) => {
    expect(exitCodeFor(levels.map(of))).toBe(code);
  });

  it('are lines for people, with the fix below', () => {
    expect(findingsText(all)).toEqual([
      'problem  the thing: has a problem',
      'unknown  the thing: has a unknown',
      'warning  the thing: has a warning',
      'note     the thing: has a note',
      'ok       the thing: has a ok',
    ]);
    expect(findingsText([fixable])).toEqual(['problem  the thing: is broken', '         fix: mend it']);
    expect(findingsText([finding('unknown', 'code', '', 'no token')])).toEqual(['unknown  no token']);
  });

  it('are sentences by level and whole for programs', () => {
    expect(findingsJson([...all, fixable])).toEqual({
      ok: false,
      problems: ['the thing: has a problem', 'the thing: is broken; mend it'],
      couldNotBeAsked: ['the thing: has a unknown'],
      warnings: ['the thing: has a warning'],
      notes: ['the thing: has a note', 'the thing: has a ok'],
      findings: [...all, fixable],
    });
    expect(findingsJson([of('warning')])).toMatchObject({ ok: true });
    expect(findingsJson([of('unknown')])).toMatchObject({ ok: false });
  });

  it('are failures, errors and output in JUnit', () => {
    const suites = [
      {
        name: 'suite',
        cases: [
          { name: 'both', findings: [fixable, of('unknown')], skipped: true },
          { name: 'unknown', findings: [of('unknown')], skipped: true },
          { name: 'skipped', findings: [of('note')], skipped: true },
          { name: 'checked', findings: [of('ok'), of('warning')], skipped: false },
        ],
      },
    ];
    const xml = findingsJunit('report', suites);
    expect(xml).toContain('<testsuites name="report" tests="4" failures="1" errors="1" skipped="1"');
    expect(xml).toContain('the thing: is broken; mend it');
    expect(xml).toContain('<system-out><![CDATA[the thing: has a note]]>');
    expect(xml).not.toContain('has a warning');
  });
});
