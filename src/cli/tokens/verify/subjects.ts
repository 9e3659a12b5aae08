import type { Action, ResolvedToken, ResolvedTokens } from '../../../tokens/model/resolved';
import type { RegistryDriver } from '../../../tokens/props/organization-tokens-props';
import { CliError } from '../../shared/cli-error';
import { chosen } from '../purposes';

/** A credential that is declared, and what is declared of it. */
export interface Subject {
  /** A token that is in use, the one whose place it takes, or the shared account that all take the place of. */
  readonly kind: 'current' | 'previous' | 'shared';
  /** How it is called in sentences. */
  readonly label: string;
  /** Host name, as in references. */
  readonly registry: string;
  /** What kind of registry it is. */
  readonly driver: RegistryDriver;
  readonly organization: string;
  readonly user: string;
  /** Repositories that it should reach, and the rights that it should have there. */
  readonly own: readonly string[];
  readonly actions: readonly Action[];
  /** Repositories that it must not reach. */
  readonly others: readonly string[];
  /** Name of its Secret, and the namespaces that have it. */
  readonly secret: string;
  readonly namespaces: readonly string[];
  /** Purpose of its token; a shared account has none. */
  readonly purpose?: string;
  /** Last day on which it should work. */
  readonly lastDay?: string;
}

/** All that can be asked about, and tokens that cannot. */
export interface Subjects {
  readonly subjects: Subject[];
  /** Purposes of tokens that a credential provider brings to the nodes. */
  readonly byProvider: string[];
}

/**
 * What is declared of credentials.
 *
 * @param cluster the settings
 * @param purposes the tokens that count; all when empty
 * @throws CliError when there is no token of a purpose, or none at all
 */
export function subjectsOf(cluster: ResolvedTokens, purposes: readonly string[]): Subjects {
  const all = cluster.tokens;
  if (all.length === 0)
    throw new CliError('configuration', `cluster ${cluster.name} declares no tokens: add "tokens" to it`);
  const wanted = chosen(purposes, all);
  const some = all.filter(({ purpose }) => wanted?.includes(purpose) ?? true);
  const shared = cluster.organizations.flatMap(({ sharedAccount }) => sharedAccount?.secret ?? []);
  return {
    subjects: [...some.flatMap((token) => subjectsOfToken(token, all, shared)), ...sharedAccounts(cluster, some)],
    byProvider: some.filter(({ secret }) => secret === undefined).map(({ purpose }) => purpose),
  };
}

function subjectsOfToken(token: ResolvedToken, all: ResolvedToken[], shared: string[]): Subject[] {
  const { registry, driver, organization, user, secret, namespaces, purpose, actions, repositories: own } = token;
  if (secret === undefined) return [];
  const alone = all.filter((other) => other.purpose === purpose).length === 1;
  const label = alone ? purpose : `${purpose} (${organization} at ${registry})`;
  const neighbours = all.filter((other) => other.registry === registry).flatMap((other) => other.repositories);
  const others = [...new Set(neighbours)].filter((repository) => !own.includes(repository));
  const base = { registry, driver, organization, user, own, actions, others, namespaces, purpose };
  const previous = token.kind === 'pull' ? token.previousSecret : undefined;
  const second = previous !== undefined && !shared.includes(previous);
  return [
    { ...base, kind: 'current', label, secret, lastDay: token.expires },
    // Where the shared account is what came before, it is asked about as such.
    ...(second ? [{ ...base, kind: 'previous' as const, label: `${label} (previous)`, secret: previous }] : []),
  ];
}

function sharedAccounts({ organizations }: ResolvedTokens, some: ResolvedToken[]): Subject[] {
  return organizations.flatMap(({ sharedAccount, organization, registry, driver, pull, push }): Subject[] => {
    const all = [...pull, ...push];
    const own = all.filter((token) => some.some(({ purpose }) => purpose === token.purpose));
    if (sharedAccount === undefined || own.length === 0) return [];
    const used = sharedAccount.usedBy.serviceAccounts;
    const namespaces = [...all.flatMap((token) => token.namespaces), ...used.map((user) => user.namespace)];
    return [
      {
        kind: 'shared',
        label: `shared account ${sharedAccount.user}`,
        registry,
        driver,
        organization,
        user: sharedAccount.user,
        own: [...new Set(own.flatMap((token) => token.repositories))],
        actions: [],
        others: [],
        secret: sharedAccount.secret,
        namespaces: [...new Set(namespaces)],
        lastDay: sharedAccount.lastDay,
      },
    ];
  });
}
