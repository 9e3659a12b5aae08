import type { Action } from '../../../tokens/model/resolved';
import { ALL, compare, given } from '../../registry/scope';
import type { CredentialFacts, RepositoryFacts } from './facts';

/** A credential at a repository: declared rights, granted rights, and how they differ. */
export interface Check {
  readonly label: string;
  readonly repository: string;
  readonly own: boolean;
  readonly wanted: readonly Action[];
  readonly granted: readonly Action[];
  readonly surplus: readonly Action[];
  readonly missing: readonly Action[];
  readonly notProvable: readonly Action[];
  /** What is granted, but was refused when it was done. */
  readonly refused: readonly Action[];
  readonly outcome: RepositoryFacts['outcome']['kind'];
}

/**
 * Compares what a registry answered with what is declared.
 *
 * @param credential what is known of a credential
 * @param facts what is known of it at a repository
 */
export function checkOf({ subject, label }: CredentialFacts, facts: RepositoryFacts): Check {
  const { repository, outcome, isPublic } = facts;
  const own = subject.own.includes(repository);
  const wanted = own ? subject.actions : [];
  const rights = { ...facts.rights, pull: reached(facts) ? ('yes' as const) : facts.rights.pull };
  const known = outcome.kind === 'asked';
  const { surplus, missing, notProvable } = compare(wanted, rights);
  return {
    label,
    repository,
    own,
    wanted,
    granted: known ? given(rights) : [],
    // A right that everybody has says nothing about a token. stack.yaml declares no rights of a shared account.
    surplus: known && subject.kind !== 'shared' ? surplus.filter((action) => action !== 'pull' || !isPublic) : [],
    missing: known ? missing : [],
    notProvable: known ? notProvable : [],
    refused: known ? ALL.filter((action) => wanted.includes(action) && wasRefused(facts, action)) : [],
    outcome: outcome.kind,
  };
}

/** Whether something was pulled, or could have been. */
export function reached({ pull }: Pick<RepositoryFacts, 'pull'>): boolean {
  return pull === 'pulled' || pull === 'empty';
}

/** Whether the command proved the pull where stack.yaml declares it, and the push anywhere. Only deleting proves the right to delete. */
export function isProved({ own, notProvable }: Check): boolean {
  return !notProvable.includes('push') && !(own && notProvable.includes('pull'));
}

function wasRefused({ rights, pull, probe }: RepositoryFacts, action: Action): boolean {
  if (rights[action] !== 'yes') return false;
  if (action === 'pull') return pull === 'refused';
  if (action === 'push') return probe?.kind === 'refused';
  return probe?.kind === 'left' && probe.may === 'no';
}
