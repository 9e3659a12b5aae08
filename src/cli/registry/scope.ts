import type { Action } from '../../tokens/model/resolved';

/** All rights to a repository, in the order of sentences. */
export const ALL: readonly Action[] = ['pull', 'push', 'delete'];

/** An item of a token's claim `access`. */
export interface Access {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

/** Each right: given, not given, or unknown. */
export type Rights = { readonly [action in Action]: 'yes' | 'no' | 'unknown' };

/** All rights are unknown. */
export const UNKNOWN: Rights = { pull: 'unknown', push: 'unknown', delete: 'unknown' };

/** How rights differ from the declared ones. */
export interface Difference {
  readonly surplus: Action[];
  readonly missing: Action[];
  readonly notProvable: Action[];
}

/**
 * A scope to ask a token service for.
 *
 * @param repository the repository, without the registry
 * @param actions the actions
 */
export function scopeOf(repository: string, actions: readonly string[]): string {
  return `repository:${repository}:${actions.join(',')}`;
}

/**
 * The rights to a repository in a token. `*` means all of them.
 *
 * @param access its claim
 * @param repository the repository
 */
export function rightsIn(access: readonly Access[], repository: string): Rights {
  const own = access.filter(({ type, name }) => type.replace(/\(.*\)$/, '') === 'repository' && name === repository);
  const actions = new Set(own.flatMap(({ actions }) => actions));
  return rightsOf((action) => actions.has(action) || actions.has('*'));
}

/** Rights without an unknown one. */
export function rightsOf(has: (action: Action) => boolean): Rights {
  const right = (action: Action) => (has(action) ? 'yes' : 'no');
  return { pull: right('pull'), push: right('push'), delete: right('delete') };
}

/** The given actions. */
export function given(rights: Rights): Action[] {
  return ALL.filter((action) => rights[action] === 'yes');
}

/**
 * Compares rights with the declared ones.
 *
 * @param declared the declared rights; all others are surplus
 * @param rights the rights
 */
export function compare(declared: readonly Action[], rights: Rights): Difference {
  return {
    surplus: ALL.filter((action) => rights[action] === 'yes' && !declared.includes(action)),
    missing: ALL.filter((action) => rights[action] === 'no' && declared.includes(action)),
    notProvable: ALL.filter((action) => rights[action] === 'unknown'),
  };
}
