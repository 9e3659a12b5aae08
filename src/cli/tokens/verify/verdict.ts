import { type Check, checkOf, isProved } from './checks';
import { credentialFindings, fallbackFindings } from './credential-findings';
import type { VerifyFacts } from './facts';
import type { Finding } from './finding';
import { repositoryFindings } from './repository-findings';

/** What is to be said of all credentials. */
export interface Verdict {
  readonly checks: Check[];
  readonly findings: Finding[];
  /** Tokens of which everything is as declared, and proved as far as it can be without deleting. */
  readonly proved: string[];
  /** 0 all is as declared, 1 something is wrong, 2 something could not be asked. */
  readonly code: 0 | 1 | 2;
}

/**
 * Judges what registries answered.
 *
 * @param facts all that is known
 */
export function verdictOf({ today, credentials, missing, notAsked }: VerifyFacts): Verdict {
  const findings: Finding[] = [
    ...credentials.flatMap((credential) => [
      ...credentialFindings(credential, today),
      ...credential.repositories.flatMap((repository) => repositoryFindings(credential, repository)),
    ]),
    ...fallbackFindings(credentials),
    ...missing.map((text) => ({ level: 'unknown' as const, label: '', text })),
    ...(credentials.length + missing.length === 0 ? [NOTHING] : []),
    ...notAsked.map(({ label, why }) => ({ level: 'note' as const, label, text: why })),
  ];
  const has = (level: Finding['level']) => findings.some((finding) => finding.level === level);
  const failed = (label: string) =>
    findings.some((finding) => finding.label === label && ['problem', 'unknown'].includes(finding.level));
  const checks = credentials.flatMap((credential) =>
    credential.repositories.map((facts) => checkOf(credential, facts)),
  );
  const unproved = (label: string) => checks.some((check) => check.label === label && !isProved(check));
  return {
    checks,
    findings: ORDER.flatMap((level) => findings.filter((finding) => finding.level === level)),
    proved: credentials
      .filter(({ subject, label }) => subject.kind === 'current' && !failed(label) && !unproved(label))
      .map(({ label }) => label),
    code: has('problem') ? 1 : has('unknown') ? 2 : 0,
  };
}

const NOTHING: Finding = { level: 'unknown', label: '', text: 'no token was asked about' };

const ORDER: readonly Finding['level'][] = ['problem', 'unknown', 'note', 'ok'];
