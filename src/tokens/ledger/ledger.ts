import type { NamedTokensCluster } from '../model/cluster';
import { type ResolvedToken, ROTATE_EVERY_DAYS, tokensOf } from '../model/model';
import { registryOf } from '../model/registries';
import { rotationOf } from '../model/rotation';
import type { OrganizationTokensProps } from '../props/organization-tokens-props';
import { storesOf } from './stores';
import type { Ledger, LedgerAccount, LedgerServiceAccounts, LedgerSource, LedgerToken } from './types';

/**
 * The ledger of a cluster's tokens.
 *
 * @param cluster the settings
 */
export function ledgerOf(cluster: NamedTokensCluster): Ledger {
  const tokens = tokensOf(cluster);
  return {
    cluster: cluster.name,
    tokens: tokens.map(entryOf),
    sharedAccounts: (cluster.tokens ?? []).flatMap(accountOf),
    stores: storesOf(tokens),
  };
}

function entryOf(token: ResolvedToken): LedgerToken {
  const { props, kind, purpose, organization, registry, user, actions, secret } = token;
  const { created, expires, lastVerified, rotateEveryDays = ROTATE_EVERY_DAYS } = props;
  return {
    ...{ purpose, kind, organization, registry, user },
    repositories: sorted(props.repositories),
    actions,
    owner: props.owner,
    holders: props.holders ?? [],
    ...known({ secret }),
    namespaces: sorted(token.namespaces),
    ...known({ previousSecret: token.kind === 'pull' ? token.props.previousSecret : undefined }),
    usedBy: {
      serviceAccounts: token.kind === 'pull' ? accountsOf(token.props.bindTo) : [],
      mirror: token.kind === 'pull' && token.props.mirror === true,
      ...known({ workload: token.kind === 'push' ? token.props.workload : undefined }),
      workflows: sorted(props.usedBy?.workflows),
      developers: sorted(props.usedBy?.developers),
    },
    source: sourceOf(token),
    ...known({ created, expires, nextRotation: rotationOf(props) }),
    rotateEveryDays,
    ...known({ lastVerified }),
  };
}

function sourceOf(token: ResolvedToken): LedgerSource {
  const { externalSecret: external } = token.props;
  const provider = token.kind === 'pull' ? token.props.credentialProvider : undefined;
  if (provider !== undefined) return { kind: 'credentialProvider', name: provider };
  if (token.namespaces.length === 0) return { kind: 'outside' };
  if (external === undefined) return { kind: 'secret' };
  const { storeKind = 'SecretStore', store, key: path, property = 'token' } = external;
  return { kind: 'store', storeKind, store, path, property };
}

function accountsOf(
  all: { readonly namespace: string; readonly serviceAccounts: string[] }[],
): LedgerServiceAccounts[] {
  const names = new Map<string, string[]>();
  for (const { namespace, serviceAccounts } of all) {
    const known = names.get(namespace);
    if (known === undefined) names.set(namespace, [...serviceAccounts]);
    else known.push(...serviceAccounts);
  }
  return sorted([...names.keys()]).map((namespace) => ({ namespace, names: sorted(names.get(namespace)) }));
}

function accountOf(organization: OrganizationTokensProps): LedgerAccount[] {
  const { sharedAccount: account } = organization;
  if (account === undefined) return [];
  const { user, secret, retireBy, extension, usedBy = {} } = account;
  const bound = (usedBy.serviceAccounts ?? []).map(({ namespace, names }) => ({ namespace, serviceAccounts: names }));
  const uses = {
    serviceAccounts: accountsOf(bound),
    workflows: sorted(usedBy.workflows),
    developers: sorted(usedBy.developers),
  };
  const retired = Object.values(uses).every(({ length }) => length === 0);
  return [
    {
      organization: organization.organization,
      registry: registryOf(organization),
      ...{ user, secret, retireBy },
      ...known({ extension }),
      usedBy: uses,
      retired,
    },
  ];
}

/** Each once, in the order of their characters. */
function sorted(all: readonly string[] = []): string[] {
  return [...new Set(all)].sort();
}

/** What is there of an object. */
function known<T extends object>(object: T): Partial<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<T>;
}
