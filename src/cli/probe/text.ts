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

/** The words of a command that runs checks. */
export interface Wording {
  /** Its name, for reports. */
  readonly name: string;
  /** What it runs, in the plural: a key of its JSON. */
  readonly items: string;
  /**
   * What a note means, for the sum.
   *
   * @default - the mark alone
   */
  readonly notes?: string;
  /** The sum, by exit code. */
  readonly verdicts: readonly [ok: string, problem: string, unknown: string];
}

/**
 * Results for people: a line for each finding, below it what to do, and a summary at the end.
 *
 * @param results the results
 * @param wording the command's words
 * @param coloured whether a terminal shows them
 */
export function asText(results: readonly CheckResult[], wording: Wording, coloured: boolean): string[] {
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
  return [...lines, '', summary(results, wording, mark)];
}

function summary(
  results: readonly CheckResult[],
  { verdicts, notes = '' }: Wording,
  mark: (level: Level) => string,
): string {
  const all = results.flatMap(({ findings }) => findings);
  const parts = (['ok', 'note', 'warning', 'problem', 'unknown'] as const).flatMap((level) => {
    const count = all.filter((finding) => finding.level === level).length;
    return count === 0 ? [] : [`${count} ${mark(level)}${level === 'note' ? notes : ''}`];
  });
  return `${parts.join(', ')}: ${verdicts[exitCodeFor(all)]}`;
}

/** Results for programs. */
export function asValue(results: readonly CheckResult[], { items }: Wording): object {
  return {
    ...findingsJson(results.flatMap(({ findings }) => findings)),
    [items]: results.map(({ check, findings, seconds }) => ({
      name: check.name,
      title: check.title,
      seconds: Math.round(seconds * 10) / 10,
      findings,
    })),
  };
}

/** Results as JUnit XML: a case for each check. One with nothing but notes was not needed, or not tried: skipped. */
export function asJunit(results: readonly CheckResult[], { name }: Wording): string {
  const cases = results.map(({ check, findings }) => ({
    name: check.name,
    findings,
    skipped: findings.every(({ level }) => level === 'note'),
  }));
  return findingsJunit(name, [{ name, cases }]);
}
