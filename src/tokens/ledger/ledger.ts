import type { BoundServiceAccount, ResolvedSharedAccount, ResolvedToken, ResolvedTokens } from '../model/resolved';
import { nextRotation } from '../model/rotation';
import type { SharedAccountUserProps } from '../props/shared-account-props';
import { listStores } from './stores';
import type { Ledger, LedgerAccount, LedgerSecret, LedgerServiceAccount, LedgerSource, LedgerToken } from './types';

/**
 * Builds the ledger of a cluster's tokens.
 *
 * @param tokens the tokens
 */
export function buildLedger({ name, organizations, tokens, serviceAccounts }: ResolvedTokens): Ledger {
  return {
    cluster: name,
    tokens: tokens.map(describeToken),
    sharedAccounts: organizations.flatMap(({ sharedAccount }) =>
      sharedAccount ? [describeAccount(sharedAccount)] : [],
    ),
    accountsOfOthers: listAccounts(serviceAccounts, tokens),
    stores: listStores(tokens),
  };
}

function describeToken(token: ResolvedToken): LedgerToken {
  const { kind, purpose, organization, registry, user, actions, secret, owner, holders, usedBy } = token;
  const { created, expires, lastVerified, rotateEveryDays } = token;
  const pull = token.kind === 'pull' ? token : undefined;
  const bound = pull?.bindTo.map(({ namespace, serviceAccounts: names }) => ({ namespace, names }));
  return {
    ...{ purpose, kind, organization, registry, user },
    repositories: sorted(token.repositories),
    ...{ actions, owner, holders },
    ...known({ secretRef: reference(secret) }),
    namespaces: sorted(token.namespaces),
    ...known({ previousSecretRef: reference(pull?.previousSecret) }),
    usedBy: {
      serviceAccounts: mergeAccounts(bound ?? []),
      mirror: pull?.mirror === true,
      ...known({ workload: token.kind === 'push' ? token.workload : undefined }),
      workflows: sorted(usedBy.workflows),
      developers: sorted(usedBy.developers),
    },
    source: describeSource(token),
    ...known({ created, expires, nextRotation: nextRotation(token) }),
    rotateEveryDays,
    ...known({ lastVerified }),
  };
}

function describeSource(token: ResolvedToken): LedgerSource {
  const provider = token.kind === 'pull' ? token.credentialProvider : undefined;
  if (provider !== undefined) return { kind: 'credentialProvider', name: provider };
  if (token.namespaces.length === 0) return { kind: 'outside' };
  if (token.externalSecret === undefined) return { kind: 'secret' };
  const { storeKind, store, key: path, property } = token.externalSecret;
  return { kind: 'store', storeKind, store, path, property };
}

/** ServiceAccounts with each namespace once. */
function mergeAccounts(all: SharedAccountUserProps[]): SharedAccountUserProps[] {
  const merged = new Map<string, string[]>();
  for (const { namespace, names } of all) {
    const known = merged.get(namespace);
    if (known === undefined) merged.set(namespace, [...names]);
    else known.push(...names);
  }
  return sorted([...merged.keys()]).map((namespace) => ({ namespace, names: sorted(merged.get(namespace)) }));
}

function describeAccount(account: ResolvedSharedAccount): LedgerAccount {
  const { organization, registry, user, secret, retireBy, extension, usedBy } = account;
  const uses = {
    serviceAccounts: mergeAccounts(usedBy.serviceAccounts),
    workflows: sorted(usedBy.workflows),
    developers: sorted(usedBy.developers),
  };
  const retired = Object.values(uses).every(({ length }) => length === 0);
  const secretRef = { name: secret };
  return { organization, registry, user, secretRef, retireBy, ...known({ extension }), usedBy: uses, retired };
}

function reference(secret: string | undefined): LedgerSecret | undefined {
  return secret === undefined ? undefined : { name: secret };
}

/** Accounts that the manifests do not hold. One with only the shared account's Secret has its list already. */
function listAccounts(accounts: BoundServiceAccount[], tokens: ResolvedToken[]): LedgerServiceAccount[] {
  const own = new Set(
    tokens.flatMap((token) => [token.secret, token.kind === 'pull' ? token.previousSecret : undefined]),
  );
  return accounts
    .filter(({ applied, secrets }) => !applied && secrets.some((secret) => own.has(secret)))
    .map(({ namespace, name, secrets: imagePullSecrets }) => ({ namespace, name, imagePullSecrets }));
}

/** Each once, in the order of their characters. */
function sorted(all: readonly string[] = []): string[] {
  return [...new Set(all)].sort();
}

/** An object without its undefined values. */
function known<T extends object>(object: T): Partial<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<T>;
}
