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

/**
 * Findings as JUnit XML: problems are failures, and an error is what the command could not ask.
 *
 * @param name the name of the report
 * @param suites its suites
 */
export function findingsJunit(name: string, suites: readonly JunitSuite[]): string {
  // Few ask for a report, and the package takes a while to load.
  const builder = require('junit-report-builder') as typeof import('junit-report-builder').default;
  const report = builder.newBuilder().name(name);
  for (const suite of suites) {
    const target = report.testSuite().name(suite.name);
    for (const { name, findings, skipped } of suite.cases) {
      const test = target.testCase().className(suite.name).name(name);
      const text = (level: Level) =>
        findings
          .filter((finding) => finding.level === level)
          .map(printable)
          .join('\n');
      if (text('problem') !== '') test.failure(text('problem'), 'problem');
      else if (text('unknown') !== '') test.error(text('unknown'), 'could not be asked');
      else if (skipped) test.skipped();
      if (text('note') !== '') test.standardOutput(text('note'));
    }
  }
  return report.build();
}

/** XML has no control characters but the ends of lines. */
function printable(finding: Finding): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the expression looks for them
  return sentenceWithFix(finding).replace(/[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]/g, '?');
}
