import { findingsJson } from '../../shared/findings-json';
import { findingsText, levelled } from '../../shared/findings-text';
import { table } from '../../shared/table';
import type { Check } from './checks';
import type { Verdict } from './verdict';

const HEAD = ['TOKEN', 'REPOSITORY', 'WANTED', 'GRANTED', 'VERDICT'];

/**
 * A verdict for people: a line for each check, then the findings.
 *
 * @param verdict the verdict
 * @param today as YYYY-MM-DD
 */
export function asText(verdict: Verdict, today: string): string[] {
  const { checks, findings, proved, code } = verdict;
  const proof = `all is as declared; write lastVerified: '${today}' to ${proved.join(', ')}`;
  return [
    ...(checks.length > 0 ? [...table(HEAD, checks.map(row)), ''] : []),
    ...findingsText(findings),
    ...(code === 0 && proved.length > 0 ? [levelled('ok', proof)] : []),
  ];
}

/** A verdict for programs. */
export function asValue({ checks, findings, proved, code }: Verdict, today: string): object {
  return {
    ...findingsJson(findings),
    lastVerified: code === 0 && proved.length > 0 ? { day: today, tokens: proved } : undefined,
    checks: checks.map(({ label, outcome, ...check }) => ({
      token: label,
      ...check,
      outcome,
      verdict: wordsOf({ label, outcome, ...check }),
    })),
  };
}

/** A check's verdict in a few words. */
export function wordsOf({ outcome, surplus, missing, refused }: Check): string {
  if (outcome !== 'asked') return outcome;
  const words = [
    ...surplus.map((action) => `surplus ${action}`),
    ...missing.map((action) => `missing ${action}`),
    ...refused.map((action) => `refused ${action}`),
  ];
  return words.join(', ') || 'ok';
}

function row(check: Check): string[] {
  const { label, repository, wanted, granted, notProvable, outcome } = check;
  const unproved = notProvable.map((action) => `${action}?`);
  const got = outcome === 'asked' ? [...granted, ...unproved].join(', ') || 'nothing' : '-';
  return [label, repository, wanted.join(', ') || 'nothing', got, wordsOf(check)];
}
