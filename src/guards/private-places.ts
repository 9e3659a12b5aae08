import { DAEMON_SET } from '../mirror/contract/names';
import type { ResolvedOrganization, ResolvedPullToken, ResolvedTokens } from '../tokens/model/resolved';

/** Pods that may use an image, by their ServiceAccount or by a Secret that they pull with: `namespace/account` or `namespace#secret`. */
export interface PrivatePlaces {
  readonly [repository: string]: string[];
}

/**
 * Where the images of each private repository may be used: where a pull token for it is bound, and where the organisation's shared account
 * is still used. Only pull tokens make a repository private.
 *
 * @param tokens the tokens of the cluster
 */
export function privatePlaces({ organizations, namespace }: ResolvedTokens): PrivatePlaces {
  const places = new Map<string, Set<string>>();
  for (const organization of organizations) {
    const shared = sharedPlaces(organization);
    for (const token of organization.pull) {
      for (const repository of token.repositories) {
        const key = `${organization.registry}/${repository}`;
        places.set(key, new Set([...(places.get(key) ?? []), ...tokenPlaces(token, namespace), ...shared]));
      }
    }
  }
  return Object.fromEntries([...places].map(([repository, pods]) => [repository, [...pods]]));
}

function tokenPlaces({ bindTo, mirror, secret, previousSecret }: ResolvedPullToken, mirrorNamespace: string): string[] {
  const bound = [...bindTo, ...(mirror ? [{ namespace: mirrorNamespace, serviceAccounts: [DAEMON_SET] }] : [])];
  const secrets = [secret, previousSecret].filter((name) => name !== undefined);
  return bound.flatMap(({ namespace, serviceAccounts }) => podsOf(namespace, serviceAccounts, secrets));
}

function sharedPlaces({ sharedAccount }: ResolvedOrganization): string[] {
  if (sharedAccount === undefined) return [];
  const { secret, usedBy } = sharedAccount;
  return usedBy.serviceAccounts.flatMap(({ namespace, names }) => podsOf(namespace, names, [secret]));
}

function podsOf(namespace: string, accounts: readonly string[], secrets: readonly string[]): string[] {
  return [...accounts.map((name) => `${namespace}/${name}`), ...secrets.map((name) => `${namespace}#${name}`)];
}
