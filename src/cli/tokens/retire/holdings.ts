import type { ClusterUse, Named, SecretUse } from '../use/facts';
import { podGroups } from '../use/pod-groups';
import type { Account, NamespaceHolding, PodsHolding, Reference, SecretHolding } from './facts';

/** What has a shared account in a namespace, before it is known what to do. */
export type Holding = Omit<NamespaceHolding, 'next'>;

/** What has an account, and what names a Secret of it that is gone. */
export interface Found {
  readonly holdings: Holding[];
  readonly dangling: (Reference | PodsHolding)[];
}

interface Referring extends Named {
  readonly kind: string;
  readonly pulls: string[];
  readonly list: string[];
  readonly reads: string[];
}

/**
 * Where a cluster has an account.
 *
 * @param account the account
 * @param use what the cluster uses
 */
export function findAccount(account: Account, use: ClusterUse): Found {
  const secrets = use.secrets.filter((secret) => foundBy(account, secret) !== undefined);
  const there = new Set(secrets.map(keyOf));
  const isIts = (namespace: string) => (name: string) =>
    name === account.secret || there.has(keyOf({ namespace, name }));
  const isGone = ({ namespace, secrets, reads }: Omit<Reference, 'rest' | 'list'>) =>
    [...secrets, ...reads].every((name) => !there.has(keyOf({ namespace, name })));
  const refer = ({ namespace, name, kind, pulls, list, reads }: Referring): Reference[] => {
    const its = isIts(namespace);
    const reference = { kind, namespace, name, secrets: pulls.filter(its), reads: reads.filter(its) };
    const none = reference.secrets.length + reference.reads.length === 0;
    return none ? [] : [{ ...reference, rest: pulls.filter((name) => !its(name)), list }];
  };
  const accounts = use.serviceAccounts.flatMap((one) => refer({ ...one, kind: 'ServiceAccount', reads: [] }));
  const workloads = use.workloads.flatMap(refer);
  const pods = podGroups(use.pods).flatMap(({ pod, runner, count }): PodsHolding[] => {
    const { namespace, pulls, reads } = pod;
    const group = { ...runner, namespace, pulls, list: pulls, reads };
    return refer(group).map(({ rest: _, list: __, ...reference }) => {
      const template = workloads.some((workload) => isSame(workload, group) && workload.secrets.length > 0);
      const own = template || group.kind === 'Pod' || reference.reads.length > 0;
      return { ...reference, count, own };
    });
  });
  const all = [...accounts, ...workloads, ...pods];
  const live = all.filter((reference) => !isGone(reference));
  const names = new Set(
    live.flatMap(({ namespace, secrets, reads }) => [...secrets, ...reads].map((name) => keyOf({ namespace, name }))),
  );
  const namespaces = [...new Set([...secrets, ...live].map(({ namespace }) => namespace))].sort();
  return {
    holdings: namespaces.map((namespace) => {
      const here = <T extends Omit<Reference, 'rest' | 'list'>>(all: T[]) =>
        all.filter((one) => one.namespace === namespace && !isGone(one));
      return {
        namespace,
        secrets: secrets.filter((one) => one.namespace === namespace).map((one) => holdingOf(account, one, names)),
        serviceAccounts: here(accounts),
        workloads: here(workloads),
        pods: here(pods),
      };
    }),
    dangling: all.filter(isGone),
  };
}

/** By what a Secret is known as the account's. */
function foundBy(account: Account, { name, entries }: SecretUse): SecretHolding['by'] | undefined {
  const user = account.byUser && entries.some((entry) => isItsEntry(account, entry));
  if (name === account.secret) return user ? 'name and user' : 'name';
  return user ? 'user' : undefined;
}

function isItsEntry({ registry, user }: Account, entry: SecretUse['entries'][number]): boolean {
  return entry.registry === registry && entry.user === user;
}

function holdingOf(account: Account, secret: SecretUse, names: Set<string>): SecretHolding {
  const { namespace, name, owner, entries, others } = secret;
  const by = foundBy(account, secret) ?? 'name';
  return {
    ...{ namespace, name, by },
    ...(owner ? { owner } : {}),
    shared: by !== 'name' && others + entries.filter((entry) => !isItsEntry(account, entry)).length > 0,
    named: names.has(keyOf(secret)),
  };
}

function isSame(one: Referring | Reference, other: Referring | Reference): boolean {
  return one.kind === other.kind && keyOf(one) === keyOf(other);
}

function keyOf({ namespace, name }: Named): string {
  return `${namespace}/${name}`;
}
