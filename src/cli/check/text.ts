import type { Level } from '../shared/finding';
import { exitCodeFor } from '../shared/finding';
import { findingsJson } from '../shared/findings-json';
import { findingsJunit } from '../shared/findings-junit';
import { sentence } from '../shared/findings-text';
import { harmless } from '../shared/table';
import type { CheckResult } from './run-checks';

const MARKS: { readonly [level in Level]: { readonly mark: string; readonly colour: number } } = {
  ok: { mark: '✔', colour: 32 },
  note: { mark: 'ℹ', colour: 36 },
  warning: { mark: '‼', colour: 33 },
  problem: { mark: '✘', colour: 31 },
  unknown: { mark: '?', colour: 35 },
};

const INDENT = '    ';

/**
 * Results for people: a line for each finding, below it what to do, and a summary at the end.
 *
 * @param results the results
 * @param coloured whether a terminal shows them
 */
export function asText(results: readonly CheckResult[], coloured: boolean): string[] {
  const width = Math.max(...results.map(({ check }) => check.name.length));
  const mark = (level: Level) => {
    const { mark, colour } = MARKS[level];
    return coloured ? `\x1b[${colour}m${mark}\x1b[0m` : mark;
  };
  const lines = results.flatMap(({ check, findings }) =>
    findings.flatMap((finding) => [
      `${mark(finding.level)} ${check.name.padEnd(width)}  ${harmless(sentence(finding))}`,
      ...(finding.fix?.split('\n').map((line) => `${INDENT}${harmless(line)}`.trimEnd()) ?? []),
    ]),
  );
  return [...lines, '', summary(results, mark)];
}

function summary(results: readonly CheckResult[], mark: (level: Level) => string): string {
  const all = results.flatMap(({ findings }) => findings);
  const parts = (['ok', 'note', 'warning', 'problem', 'unknown'] as const).flatMap((level) => {
    const count = all.filter((finding) => finding.level === level).length;
    return count === 0 ? [] : [`${count} ${mark(level)}`];
  });
  const verdict = ['nothing is wrong', 'something is wrong', 'something could not be tried'][exitCodeFor(all)];
  return `${parts.join(', ')}: ${verdict}`;
}

/** Results for programs. */
export function asValue(results: readonly CheckResult[]): object {
  return {
    ...findingsJson(results.flatMap(({ findings }) => findings)),
    checks: results.map(({ check, findings, seconds }) => ({
      name: check.name,
      title: check.title,
      seconds: Math.round(seconds * 10) / 10,
      findings,
    })),
  };
}

/** Results as JUnit XML: a case for each check. */
export function asJunit(results: readonly CheckResult[]): string {
  const cases = results.map(({ check, findings }) => ({ name: check.name, findings, skipped: false }));
  return findingsJunit('secure-mirror check', [{ name: 'secure-mirror check', cases }]);
}
