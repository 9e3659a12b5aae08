import { isSameUser } from '../../registry/credential';
import { reached } from './checks';
import type { CredentialFacts } from './facts';
import type { Finding } from './finding';

/** What is to be said of a credential wherever it is used. */
export function credentialFindings(facts: CredentialFacts, today: string): Finding[] {
  const { subject, label } = facts;
  const say = (level: Finding['level'], text: string): Finding => ({ level, label, text });
  if (subject.kind === 'shared') return sharedFindings(facts, today).map(([level, text]) => say(level, text));
  return [
    ...(isSameUser(facts.user, subject.user) ? [] : [say('problem', otherUser(facts))]),
    ...loginMistakes(facts, today).map((text) => say('problem', text)),
    ...(isRevoked(facts) ? [say('note', 'is refused: it is revoked already; take "previousSecret" out')] : []),
  ];
}

/**
 * Tokens that are refused while something older still pulls: the kubelet then goes on with that, and nobody notices.
 *
 * @param all what is known of all credentials
 */
export function fallbackFindings(all: readonly CredentialFacts[]): Finding[] {
  const current = all.filter(({ subject }) => subject.kind === 'current' && !subject.actions.includes('push'));
  return current.flatMap((facts) => {
    const { subject, label } = facts;
    const old = all.filter((other) => isOlder(other, facts));
    return facts.repositories.flatMap(({ repository, outcome, pull, rights }): Finding[] => {
      const known = outcome.kind === 'asked' || outcome.kind === 'refused' || outcome.kind === 'unusable';
      const pulls = outcome.kind === 'asked' && (rights.pull !== 'no' || reached({ pull })) && pull !== 'refused';
      if (!known || pulls || !subject.own.includes(repository)) return [];
      const still = old.filter((other) =>
        other.repositories.some((there) => there.repository === repository && reached(there)),
      );
      return still.map((other) => ({
        level: 'problem',
        label,
        repository,
        text: `is refused at ${repository}, where "${other.label}" still pulls: pods pull with the old account unnoticed`,
      }));
    });
  });
}

function isOlder({ subject }: CredentialFacts, { subject: current }: CredentialFacts): boolean {
  const same = subject.registry === current.registry && subject.organization === current.organization;
  return same && (subject.kind === 'shared' || (subject.kind === 'previous' && subject.purpose === current.purpose));
}

function isRevoked({ subject, repositories }: CredentialFacts): boolean {
  return subject.kind === 'previous' && repositories.some(({ outcome }) => outcome.kind === 'refused');
}

/** The user name that was found is not repeated: where the two are mixed up, it is the token. */
function otherUser({ subject }: CredentialFacts): string {
  return `was found with another user name than "${subject.user}", which is declared: it is another organisation's`;
}

function loginMistakes({ subject, user, repositories }: CredentialFacts, today: string): string[] {
  const expired = subject.lastDay !== undefined && subject.lastDay < today;
  const outcomes = repositories.map(({ outcome }) => outcome);
  const refused = outcomes.some(({ kind }) => kind === 'refused');
  const reasons = new Set(outcomes.flatMap((outcome) => (outcome.kind === 'unusable' ? [outcome.reason] : [])));
  const why = expired
    ? `it expired on ${subject.lastDay}`
    : `it was deactivated, deleted or has expired, or it is another organisation's than ${subject.organization}`;
  return [
    ...(refused && subject.kind === 'current'
      ? [`is refused${isSameUser(user, subject.user) ? ` as user "${user}"` : ''}: ${why}`]
      : []),
    ...(expired && !refused
      ? [`has expired on ${subject.lastDay} by stack.yaml: replace it, or correct "expires"`]
      : []),
    ...[...reasons].map((reason) => `the token service answers with a token that no registry may take: ${reason}`),
    ...(outcomes.some(({ kind }) => kind === 'open')
      ? [`${subject.registry} answers without asking for a credential: nothing tells what a token may do there`]
      : []),
  ];
}

function sharedFindings({ subject, user, repositories }: CredentialFacts, today: string): [Finding['level'], string][] {
  if (!isSameUser(user, subject.user))
    return [['note', `was found with another user name than "${subject.user}": it is another account`]];
  const outcomes = repositories.map(({ outcome }) => outcome.kind);
  if (outcomes.length > 0 && outcomes.every((kind) => kind === 'refused')) {
    return [['ok', 'is dead: the registry refuses it']];
  }
  if (outcomes.includes('open')) {
    const why = `${subject.registry} answers without asking for a credential`;
    return [['unknown', `could not be asked whether it is alive: ${why}`]];
  }
  // It logged in, also where its token service then gave it something that no registry may take.
  const works = outcomes.some((kind) => kind === 'asked' || kind === 'unusable');
  if (!works) return [];
  const { lastDay = today } = subject;
  return lastDay < today
    ? [['problem', `is still alive: its last day was ${lastDay}; change its password or delete it at the registry`]]
    : [['note', `still works; its last day is ${lastDay}`]];
}
