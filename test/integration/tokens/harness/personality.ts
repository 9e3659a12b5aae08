import type { RegistryDriver } from '../../../../src/tokens/props/organization-tokens-props';
import type { Account } from './token-service';

/** Who asks: nobody, somebody whose user and token do not go together, or an account. */
export type Who = { readonly kind: 'nobody' | 'stranger' } | { readonly kind: 'account'; readonly account: Account };

/** What is there, beside the accounts. */
export interface Shelf {
  /** Repositories that are there. */
  readonly repositories: Set<string>;
  /** Repositories that everybody may pull from. */
  readonly open: ReadonlySet<string>;
}

/** How a registry answers where registries differ. */
export interface Personality {
  readonly name: string;
  /** As stack.yaml names it. */
  readonly driver: RegistryDriver;
  /** WWW-Authenticate. */
  readonly challenge: (origin: string) => string;
  /** Status of an answer to a login without a scope; without a token service that of `GET /v2/`. */
  readonly login: (who: Who) => number;
  /** Its token service; it takes the credential itself without one. */
  readonly tokens?: {
    readonly path: string;
    /** The name in its challenge. */
    readonly service?: string;
    /** What asking for actions at a repository comes to: what is granted, or the status of a refusal. */
    readonly scope: (who: Who, repository: string, actions: readonly string[], shelf: Shelf) => string[] | number;
    /** `specified`: a JWT with `aud` and `access`; `bare`: one without; `opaque`: none. */
    readonly form: 'specified' | 'bare' | 'opaque';
    /** Where the answer has it. */
    readonly field: 'token' | 'access_token';
  };
  /** Status of what the registry itself refuses to an account. */
  readonly refusal: 401 | 403 | 404;
  /** Its accounts hold `*` in place of `delete`. */
  readonly administers?: boolean;
}

/** Actions that somebody holds at a repository. */
export function held(who: Who, repository: string, { open }: Shelf): string[] {
  const own = who.kind === 'account' ? (who.account.rights[repository] ?? []) : [];
  return [...new Set([...own, ...(open.has(repository) ? ['pull'] : [])])];
}

/** What of an answer is granted by the specification: all that is both asked for and held. */
export function narrowed(who: Who, repository: string, actions: readonly string[], shelf: Shelf): string[] {
  return actions.filter((action) => held(who, repository, shelf).includes(action));
}

/** Statuses for an account, a stranger and nobody. */
export function answers(account: number, stranger: number, nobody: number): (who: Who) => number {
  return ({ kind }) => ({ account, stranger, nobody })[kind];
}
