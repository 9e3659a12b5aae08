import { exitCodeFor, type Finding, type Level } from './finding';
import { sentenceWithFix } from './findings-text';

/** Findings for programs: `ok` as the exit code says, sentences by level, and all fields of each finding. */
export function findingsJson(findings: readonly Finding[]): object {
  const sentences = (...levels: Level[]) => findings.filter(({ level }) => levels.includes(level)).map(sentenceWithFix);
  return {
    ok: exitCodeFor(findings) === 0,
    problems: sentences('problem'),
    couldNotBeAsked: sentences('unknown'),
    warnings: sentences('warning'),
    notes: sentences('note', 'ok'),
    findings,
  };
}
