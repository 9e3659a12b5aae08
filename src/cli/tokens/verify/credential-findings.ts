import { isSameUser } from '../../registry/credential';
import { reached } from './checks';
import type { CredentialFacts } from './facts';
import type { VerifyFinding } from './finding';

/** A finding before it is known whose it is. */
type Said = Omit<VerifyFinding, 'subject' | 'repository'>;

/** Findings about a credential wherever it is used. */
export function credentialFindings(facts: CredentialFacts, today: string): VerifyFinding[] {
  const { subject, label } = facts;
  const all =
    subject.kind === 'shared'
      ? sharedFindings(facts, today)
      : [...otherUser(facts), ...loginFindings(facts, today), ...revokedFindings(facts)];
  return all.map((said) => ({ ...said, subject: label }));
}

/**
 * Tokens that a registry refuses while an older credential still pulls: the kubelet then takes the older one, and nobody notices.
 *
 * @param all the facts about all credentials
 */
export function fallbackFindings(all: readonly CredentialFacts[]): VerifyFinding[] {
  const current = all.filter(({ subject }) => subject.kind === 'current' && !subject.actions.includes('push'));
  return current.flatMap((facts) => {
    const { subject, label } = facts;
    const old = all.filter((other) => isOlder(other, facts));
    return facts.repositories.flatMap(({ repository, outcome, pull, rights }): VerifyFinding[] => {
      const known = outcome.kind === 'asked' || outcome.kind === 'refused' || outcome.kind === 'unusable';
      const pulls = outcome.kind === 'asked' && (rights.pull !== 'no' || reached({ pull })) && pull !== 'refused';
      if (!known || pulls || !subject.own.includes(repository)) return [];
      const still = old.filter((other) =>
        other.repositories.some((there) => there.repository === repository && reached(there)),
      );
      return still.map((other) => ({
        level: 'problem',
        code: 'fallback',
        subject: label,
        repository,
        message: `is refused at ${repository}, where "${other.label}" still pulls: pods pull with the old account unnoticed`,
      }));
    });
  });
}

function isOlder({ subject }: CredentialFacts, { subject: current }: CredentialFacts): boolean {
  const same = subject.registry === current.registry && subject.organization === current.organization;
  return same && (subject.kind === 'shared' || (subject.kind === 'previous' && subject.purpose === current.purpose));
}

function revokedFindings({ subject, repositories }: CredentialFacts): Said[] {
  const isRevoked = subject.kind === 'previous' && repositories.some(({ outcome }) => outcome.kind === 'refused');
  if (!isRevoked) return [];
  const message = 'is refused: it is revoked already';
  return [{ level: 'note', code: 'revoked', message, fix: 'take "previousSecret" out' }];
}

/** No message repeats the user name of the source: where somebody mixed up the two, it is the token. */
function otherUser({ subject, user }: CredentialFacts): Said[] {
  if (isSameUser(user, subject.user)) return [];
  const message = `has another user name than "${subject.user}", which stack.yaml declares: it is another organisation's`;
  return [{ level: 'problem', code: 'other-user', message }];
}

function loginFindings({ subject, user, repositories }: CredentialFacts, today: string): Said[] {
  const problem = (code: Said['code'], message: string) => ({ level: 'problem', code, message }) as const;
  const expired = subject.lastDay !== undefined && subject.lastDay < today;
  const outcomes = repositories.map(({ outcome }) => outcome);
  const refused = outcomes.some(({ kind }) => kind === 'refused');
  const reasons = new Set(outcomes.flatMap((outcome) => (outcome.kind === 'unusable' ? [outcome.reason] : [])));
  const why = expired
    ? `it expired on ${subject.lastDay}`
    : `it was deactivated, deleted or has expired, or it is another organisation's than ${subject.organization}`;
  const who = isSameUser(user, subject.user) ? ` as user "${user}"` : '';
  const replace = 'replace it, or correct "expires"';
  return [
    ...(refused && subject.kind === 'current' ? [problem('refused', `is refused${who}: ${why}`)] : []),
    ...(expired && !refused
      ? [{ ...problem('expired', `has expired on ${subject.lastDay} by stack.yaml`), fix: replace }]
      : []),
    ...[...reasons].map((reason) =>
      problem('unusable', `the token service answers with a token that no registry may take: ${reason}`),
    ),
    ...(outcomes.some(({ kind }) => kind === 'open') ? [problem('open', `${openText(subject)}: ${UNPROVABLE}`)] : []),
  ];
}

const UNPROVABLE = 'nobody can prove there what a token may do';

function openText({ registry }: CredentialFacts['subject']): string {
  return `${registry} answers without asking for a credential`;
}

function sharedFindings({ subject, user, repositories }: CredentialFacts, today: string): Said[] {
  if (!isSameUser(user, subject.user)) {
    const message = `has another user name than "${subject.user}": it is another account`;
    return [{ level: 'note', code: 'other-user', message }];
  }
  const outcomes = repositories.map(({ outcome }) => outcome.kind);
  if (outcomes.length > 0 && outcomes.every((kind) => kind === 'refused')) {
    return [{ level: 'ok', code: 'dead', message: 'is dead: the registry refuses it' }];
  }
  if (outcomes.includes('open')) {
    const message = `could not be asked whether it is alive: ${openText(subject)}`;
    return [{ level: 'unknown', code: 'open', message }];
  }
  // It logged in, also where its token service then gave it something that no registry may take.
  const works = outcomes.some((kind) => kind === 'asked' || kind === 'unusable');
  if (!works) return [];
  const { lastDay = today } = subject;
  if (lastDay >= today) return [{ level: 'note', code: 'alive', message: `still works; its last day is ${lastDay}` }];
  const fix = 'change its password or delete it at the registry';
  return [{ level: 'problem', code: 'alive', message: `is still alive: its last day was ${lastDay}`, fix }];
}
