import type { Action } from '../../tokens/model/resolved';

/** All that can be granted for a repository, in the order of sentences. */
export const ALL: readonly Action[] = ['pull', 'push', 'delete'];

/** An item of a token's claim `access`. */
export interface Access {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

/** What is known of each right: given, not given, or neither is proved. */
export type Rights = { readonly [action in Action]: 'yes' | 'no' | 'unknown' };

/** Nothing is known of any right. */
export const UNKNOWN: Rights = { pull: 'unknown', push: 'unknown', delete: 'unknown' };

/** How rights differ from those that are wanted. */
export interface Difference {
  readonly surplus: Action[];
  readonly missing: Action[];
  readonly notProvable: Action[];
}

/**
 * A scope to ask a token service for.
 *
 * @param repository the repository, without the registry
 * @param actions what is to be done with it
 */
export function scopeOf(repository: string, actions: readonly string[]): string {
  return `repository:${repository}:${actions.join(',')}`;
}

/**
 * The rights to a repository that a token says it has. `*` is all of them.
 *
 * @param access its claim
 * @param repository the repository
 */
export function rightsIn(access: readonly Access[], repository: string): Rights {
  const own = access.filter(({ type, name }) => type.replace(/\(.*\)$/, '') === 'repository' && name === repository);
  const actions = new Set(own.flatMap(({ actions }) => actions));
  return rightsOf((action) => actions.has(action) || actions.has('*'));
}

/** Rights of which each is proved. */
export function rightsOf(has: (action: Action) => boolean): Rights {
  const right = (action: Action) => (has(action) ? 'yes' : 'no');
  return { pull: right('pull'), push: right('push'), delete: right('delete') };
}

/** The actions that are given. */
export function given(rights: Rights): Action[] {
  return ALL.filter((action) => rights[action] === 'yes');
}

/**
 * Compares rights with those that are wanted.
 *
 * @param wanted what is wanted; all others are surplus
 * @param rights what is known
 */
export function compare(wanted: readonly Action[], rights: Rights): Difference {
  return {
    surplus: ALL.filter((action) => rights[action] === 'yes' && !wanted.includes(action)),
    missing: ALL.filter((action) => rights[action] === 'no' && wanted.includes(action)),
    notProvable: ALL.filter((action) => rights[action] === 'unknown'),
  };
}
