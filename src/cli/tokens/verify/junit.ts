import { findingsJunit, type JunitCase } from '../../shared/findings-junit';
import type { Check } from './checks';
import { wordsOf } from './text';
import type { Verdict } from './verdict';

/**
 * A verdict as JUnit XML: a suite for each token, with a case for itself and one for each repository.
 *
 * @param verdict the verdict
 */
export function asJunit({ checks, findings }: Verdict): string {
  const labels = new Set([...checks.map(({ label }) => label), ...findings.map(({ subject }) => subject)]);
  const suites = [...labels].map((label) => {
    const mine = findings.filter(({ subject }) => subject === label);
    const own = checks.filter((check) => check.label === label);
    const about = (place?: string) => mine.filter(({ repository }) => repository === place);
    const credential: JunitCase = { name: 'credential', findings: about(), skipped: own.length === 0 };
    const repositories = own.map((check): JunitCase => {
      return { name: nameOf(check), findings: about(check.repository), skipped: wordsOf(check) !== 'ok' };
    });
    return { name: label || 'credentials', cases: [credential, ...repositories] };
  });
  return findingsJunit('secure-mirror tokens verify', suites);
}

function nameOf({ repository, wanted }: Check): string {
  return `${repository}: ${wanted.join(', ') || 'nothing'}`;
}
