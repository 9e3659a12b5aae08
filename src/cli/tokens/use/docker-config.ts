import { isObject, parsed } from '../../json';
import type { RegistryEntry } from './facts';
import { parseKey, registriesFor } from './registry-key';

/** What is looked for in docker configurations. */
export interface Wanted {
  /** Registries, by their host names. */
  readonly registries: string[];
  /** Users. Of others nothing is kept. */
  readonly users: string[];
}

/** What is kept of a docker configuration. */
export interface Kept {
  readonly entries: RegistryEntry[];
  /** How many entries are for other registries. */
  readonly others: number;
}

/** Both are written as base64 of `user:password`; the kubelet accepts it with and without padding. */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * What is kept of a docker configuration: keys and known users, never a password.
 *
 * @param text the configuration
 * @param old whether it is a .dockercfg, which is what a dockerconfigjson has under `auths`
 * @param wanted what is looked for
 * @returns nothing when the kubelet could not use it; what it says then is not told, not even where
 */
export function keptOf(text: string, old: boolean, { registries, users }: Wanted): Kept | undefined {
  const config = parsed(text);
  const auths = old ? config : isObject(config) ? (config.auths ?? {}) : undefined;
  if (!isObject(auths)) return undefined;
  const entries: RegistryEntry[] = [];
  let others = 0;
  for (const [text, entry] of Object.entries(auths)) {
    const user = userOf(entry);
    if (user === undefined) return undefined;
    const key = parseKey(text);
    const found = key === undefined ? [] : registriesFor(key, registries);
    if (key === undefined || found.length === 0) others += 1;
    else {
      // Registries do not tell upper from lower case in names of users.
      const known = users.find((one) => one.toLowerCase() === user.toLowerCase());
      entries.push(...found.map((registry) => ({ registry, ...key, ...(known === undefined ? {} : { user: known }) })));
    }
  }
  return { entries, others };
}

/** The user of an entry; nothing when the kubelet could not read it. What is under `auth` counts first, as there. */
function userOf(entry: unknown): string | undefined {
  if (!isObject(entry)) return undefined;
  const { auth, username = '' } = entry;
  if (auth === undefined || auth === '') return typeof username === 'string' ? username : undefined;
  if (typeof auth !== 'string' || !BASE64.test(auth)) return undefined;
  const [user, password] = Buffer.from(auth, 'base64').toString().split(':', 2);
  return password === undefined ? undefined : user;
}
