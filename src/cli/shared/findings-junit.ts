import type { Finding, Level } from './finding';
import { sentenceWithFix } from './findings-text';

/** A suite of a report. */
export interface JunitSuite {
  readonly name: string;
  readonly cases: readonly JunitCase[];
}

/** A case of a suite, with the findings about it. */
export interface JunitCase {
  readonly name: string;
  readonly findings: readonly Finding[];
  /** Whether the command did not check it; a problem or an unknown is more than this. */
  readonly skipped: boolean;
}

/** What becomes of a case, as the name of its element. */
type Outcome = 'failure' | 'error' | 'skipped' | 'passed';

/**
 * Findings as JUnit XML: problems are failures, and an error is what the command could not ask.
 *
 * @param name the name of the report
 * @param suites its suites
 */
export function findingsJunit(name: string, suites: readonly JunitSuite[]): string {
  // Few ask for a report, and the package takes a while to load.
  const { create } = require('xmlbuilder') as typeof import('xmlbuilder');
  const all = suites.flatMap(({ cases }) => cases);
  const report = create('testsuites', { encoding: 'UTF-8', invalidCharReplacement: '?' }).att({ name, ...counts(all) });
  for (const suite of suites) {
    const target = report.ele('testsuite', { name: suite.name, ...counts(suite.cases) });
    for (const it of suite.cases) {
      const test = target.ele('testcase', { classname: suite.name, name: it.name });
      const outcome = outcomeOf(it);
      if (outcome === 'failure') test.ele('failure', { message: text(it, 'problem'), type: 'problem' });
      if (outcome === 'error') test.ele('error', { message: text(it, 'unknown'), type: 'could not be asked' });
      if (outcome === 'skipped') test.ele('skipped');
      if (text(it, 'note') !== '') test.ele('system-out').cdata(text(it, 'note'));
    }
  }
  return report.end({ pretty: true });
}

function outcomeOf(it: JunitCase): Outcome {
  if (it.findings.some(({ level }) => level === 'problem')) return 'failure';
  if (it.findings.some(({ level }) => level === 'unknown')) return 'error';
  return it.skipped ? 'skipped' : 'passed';
}

function counts(cases: readonly JunitCase[]) {
  const count = (outcome: Outcome) => cases.filter((it) => outcomeOf(it) === outcome).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

function text({ findings }: JunitCase, level: Level): string {
  return findings
    .filter((finding) => finding.level === level)
    .map(printable)
    .join('\n');
}

/** XML has no control characters but the ends of lines. */
function printable(finding: Finding): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the expression looks for them
  return sentenceWithFix(finding).replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]/g, '?');
}
