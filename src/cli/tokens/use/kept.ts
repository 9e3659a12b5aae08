import { parseDockerConfig } from '../../docker-config/config';
import { parseKey, registriesFor } from '../../docker-config/key';
import { isSameUser } from '../../registry/credential';
import type { RegistryEntry } from './facts';

/** The registries and users in question. */
export interface Wanted {
  /** Registries, by their host names. */
  readonly registries: string[];
  /** Users. Of others nothing is kept. */
  readonly users: string[];
}

/** The part of a docker configuration that the command keeps. */
export interface Kept {
  readonly entries: RegistryEntry[];
  /** How many entries are for other registries. */
  readonly others: number;
  /** Whether credentials are elsewhere: with a program that only the machine has where somebody made the configuration. */
  readonly elsewhere: boolean;
}

/**
 * Keeps keys and known users of a docker configuration, never a password.
 *
 * @param text the configuration
 * @param old whether it is a .dockercfg
 * @param wanted the registries and users in question
 * @returns nothing when the kubelet could not use it; no message repeats the text, or where in it the mistake is
 */
export function keptOf(text: string, old: boolean, { registries, users }: Wanted): Kept | undefined {
  const config = parseDockerConfig(text, old);
  if (config?.entries === undefined) return undefined;
  const { entries: found, helpers, store } = config;
  const all = [...found];
  if (all.some(([, { isReadable }]) => !isReadable)) return undefined;
  const entries: RegistryEntry[] = [];
  let others = 0;
  for (const [text, { user = '', isBlank }] of all) {
    if (isBlank) continue;
    const key = parseKey(text);
    const its = key === undefined ? [] : registriesFor(key, registries);
    if (key === undefined || its.length === 0) others += 1;
    else {
      const known = users.find((one) => isSameUser(one, user));
      entries.push(...its.map((registry) => ({ registry, ...key, ...(known === undefined ? {} : { user: known }) })));
    }
  }
  // docker leaves an entry blank where a program has the credential; nodes do not have these programs.
  const elsewhere = store !== undefined || (helpers?.size ?? 0) > 0 || all.some(([, { isBlank }]) => isBlank);
  return { entries, others, elsewhere };
}
