import { exitCodeFor, LEVELS } from '../../shared/finding';
import { type Check, checkOf, isProved } from './checks';
import { credentialFindings, fallbackFindings } from './credential-findings';
import type { VerifyFacts } from './facts';
import type { VerifyFinding } from './finding';
import { repositoryFindings } from './repository-findings';

/** The verdict on all credentials. */
export interface Verdict {
  readonly checks: Check[];
  readonly findings: VerifyFinding[];
  /** Tokens of which everything is as declared, and proved as far as it can be without deleting. */
  readonly proved: string[];
  /** The exit code: 0 all is as declared, 1 a problem, 2 the command could not ask. */
  readonly code: 0 | 1 | 2;
}

/**
 * Judges what registries answered.
 *
 * @param facts all facts
 */
export function verdictOf({ today, credentials, missing, notAsked }: VerifyFacts): Verdict {
  const findings: VerifyFinding[] = [
    ...credentials.flatMap((credential) => [
      ...credentialFindings(credential, today),
      ...credential.repositories.flatMap((repository) => repositoryFindings(credential, repository)),
    ]),
    ...fallbackFindings(credentials),
    ...missing.map((message) => ({ level: 'unknown', code: 'no-token', subject: '', message }) as const),
    ...(credentials.length + missing.length === 0 ? [NOTHING] : []),
    ...notAsked.map(({ label, why }) => ({ level: 'note', code: 'not-asked', subject: label, message: why }) as const),
  ];
  const failed = (label: string) => findings.some((finding) => finding.subject === label && exitCodeFor([finding]) > 0);
  const checks = credentials.flatMap((credential) =>
    credential.repositories.map((facts) => checkOf(credential, facts)),
  );
  const unproved = (label: string) => checks.some((check) => check.label === label && !isProved(check));
  return {
    checks,
    findings: LEVELS.flatMap((level) => findings.filter((finding) => finding.level === level)),
    proved: credentials
      .filter(({ subject, label }) => subject.kind === 'current' && !failed(label) && !unproved(label))
      .map(({ label }) => label),
    code: exitCodeFor(findings),
  };
}

const NOTHING: VerifyFinding = { level: 'unknown', code: 'no-token', subject: '', message: 'no token was asked about' };
