import type { Finding, Level } from './finding';

const MARGIN = 9;

/** A level at the beginning of a line. */
export function levelled(level: Level, text: string): string {
  return level.padEnd(MARGIN) + text;
}

/** A finding without its level and fix. */
export function sentence({ subject, message }: Finding): string {
  return subject === '' ? message : `${subject}: ${message}`;
}

/** A finding with its fix, in one line. */
export function sentenceWithFix(finding: Finding): string {
  return finding.fix === undefined ? sentence(finding) : `${sentence(finding)}; ${finding.fix}`;
}

/** Findings for people: a line each, and one for the fix. */
export function findingsText(findings: readonly Finding[]): string[] {
  return findings.flatMap((finding) => [
    levelled(finding.level, sentence(finding)),
    ...(finding.fix === undefined ? [] : [`${' '.repeat(MARGIN)}fix: ${finding.fix}`]),
  ]);
}
