import builder from 'junit-report-builder';
import type { Check } from './checks';
import type { Finding } from './finding';
import { sentence, wordsOf } from './text';
import type { Verdict } from './verdict';

/**
 * A verdict as JUnit XML: a suite for each token, with a case for itself and one for each repository. What is wrong is a failure, what
 * could not be asked an error.
 *
 * @param verdict the verdict
 */
export function asJunit({ checks, findings }: Verdict): string {
  const report = builder.newBuilder().name('secure-mirror tokens verify');
  const labels = new Set([...checks.map(({ label }) => label), ...findings.map(({ label }) => label)]);
  for (const label of labels) {
    const suite = report.testSuite().name(label || 'credentials');
    const add = (name: string, about: Finding[], skipped = false) => {
      const test = suite
        .testCase()
        .className(label || 'credentials')
        .name(name);
      const texts = (level: Finding['level']) => about.filter((finding) => finding.level === level).map(line);
      const wrong = texts('problem');
      const unasked = texts('unknown');
      if (wrong.length > 0) test.failure(wrong.join('\n'), 'problem');
      else if (unasked.length > 0) test.error(unasked.join('\n'), 'could not be asked');
      else if (skipped) test.skipped();
      if (texts('note').length > 0) test.standardOutput(texts('note').join('\n'));
    };
    const mine = findings.filter((finding) => finding.label === label);
    const own = checks.filter((check) => check.label === label);
    add(
      'credential',
      mine.filter(({ repository }) => repository === undefined),
      own.length === 0,
    );
    for (const check of own) {
      add(
        nameOf(check),
        mine.filter(({ repository }) => repository === check.repository),
        wordsOf(check) !== 'ok',
      );
    }
  }
  return report.build();
}

function nameOf({ repository, wanted }: Check): string {
  return `${repository}: ${wanted.join(', ') || 'nothing'}`;
}

function line(finding: Finding): string {
  // XML has no control characters.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return sentence(finding).replace(/[\x00-\x1f\x7f-\x9f\ufffe\uffff]/g, '?');
}
