import type { Rights } from '../../../../src/cli/registry/scope';
import type { CredentialFacts, RepositoryFacts } from '../../../../src/cli/tokens/verify/facts';
import type { Subject } from '../../../../src/cli/tokens/verify/subjects';
import { type Verdict, verdictOf } from '../../../../src/cli/tokens/verify/verdict';

export const TODAY = '2026-01-02';

/** A nightly pull token. */
export const subject: Subject = {
  kind: 'current',
  label: 'nightly pull',
  purpose: 'nightly pull',
  registry: 'docker.io',
  driver: 'docker-hub',
  organization: 'kong',
  user: 'kong',
  own: ['kong/nightly'],
  others: ['kong/release'],
  actions: ['pull'],
  secret: 'nightly-pull',
  namespaces: ['kong'],
};

/** A nightly push token that may delete. */
export const pusher: Subject = {
  ...subject,
  label: 'nightly push',
  purpose: 'nightly push',
  actions: ['pull', 'push', 'delete'],
  secret: 'nightly-push',
};

/** The shared account, whose last day was in 2025. */
export const shared: Subject = {
  ...subject,
  kind: 'shared',
  label: 'shared account team',
  purpose: undefined,
  user: 'team',
  actions: [],
  others: [],
  secret: 'team',
  lastDay: '2025-06-15',
};

/** Rights that are known. */
export function rights(...given: string[]): Rights {
  const right = (action: string) => (given.includes(action) ? 'yes' : given.includes(`${action}?`) ? 'unknown' : 'no');
  return { pull: right('pull'), push: right('push'), delete: right('delete') };
}

/** What is known at a repository. */
export function at(repository: string, change: Partial<RepositoryFacts> = {}): RepositoryFacts {
  return { repository, outcome: { kind: 'asked' }, rights: rights(), isPublic: false, ...change };
}

/** A question that came to something else than rights. */
export function without(outcome: RepositoryFacts['outcome']): Partial<RepositoryFacts> {
  return { outcome, rights: rights('pull?', 'push?', 'delete?') };
}

export const REFUSED = without({ kind: 'refused' });

/** What is known of a credential at its own and at the other repository. */
export function known(
  of: Subject,
  own: Partial<RepositoryFacts>,
  other: Partial<RepositoryFacts> = {},
): CredentialFacts {
  const refusal = { pull: 'refused' as const, ...other };
  const others = of.others.map((repository) => at(repository, refusal));
  return { subject: of, label: of.label, user: of.user, repositories: [at('kong/nightly', own), ...others] };
}

/** A pull token that is as declared. */
export const fine: Partial<RepositoryFacts> = { rights: rights('pull'), pull: 'pulled' };

/** A verdict on credentials. */
export function judged(...credentials: CredentialFacts[]): Verdict {
  return verdictOf({ today: TODAY, credentials, missing: [], notAsked: [] });
}
