import type { ResolvedToken } from '../model/resolved';
import type { LedgerStore } from './types';

/**
 * Paths that each store's account must read: of a SecretStore in each namespace the paths used there, of a ClusterSecretStore all.
 *
 * @param tokens the tokens
 */
export function listStores(tokens: ResolvedToken[]): LedgerStore[] {
  const stores = new Map<string, LedgerStore>();
  for (const { externalSecret, secret, namespaces } of tokens) {
    if (externalSecret === undefined || secret === undefined) continue;
    const { store, storeKind, key } = externalSecret;
    // Nobody in the cluster reads the path of a token that is not used there.
    const places = storeKind === 'SecretStore' || namespaces.length === 0 ? namespaces : [undefined];
    for (const namespace of places) {
      const id = JSON.stringify([storeKind, namespace ?? '', store]);
      const paths = [...new Set([...(stores.get(id)?.paths ?? []), key])].sort();
      stores.set(id, { storeKind, store, ...(namespace === undefined ? {} : { namespace }), paths });
    }
  }
  return [...stores].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, store]) => store);
}
