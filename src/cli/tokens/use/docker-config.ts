import { isObject, parsed } from '../../shared/json';
import { isSameUser } from '../user-name';
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
  /** Whether credentials are elsewhere: a program has them that only the machine has where this was made. */
  readonly elsewhere: boolean;
}

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
  let elsewhere = namesPrograms(config);
  for (const [text, entry] of Object.entries(auths)) {
    const user = userOf(entry);
    if (user === undefined) return undefined;
    if (isEmpty(entry)) {
      elsewhere = true;
      continue;
    }
    const key = parseKey(text);
    const found = key === undefined ? [] : registriesFor(key, registries);
    if (key === undefined || found.length === 0) others += 1;
    else {
      const known = users.find((one) => isSameUser(one, user));
      entries.push(...found.map((registry) => ({ registry, ...key, ...(known === undefined ? {} : { user: known }) })));
    }
  }
  return { entries, others, elsewhere };
}

/** Whether a configuration leaves credentials to programs; nodes know nothing of that. */
function namesPrograms(config: unknown): boolean {
  if (!isObject(config)) return false;
  const { credsStore, credHelpers } = config;
  return (
    (typeof credsStore === 'string' && credsStore !== '') ||
    (isObject(credHelpers) && Object.keys(credHelpers).length > 0)
  );
}

/** Whether an entry holds no credential: docker leaves such a one where a program has it. */
function isEmpty(entry: unknown): boolean {
  if (!isObject(entry)) return true;
  const { auth = '', username = '', password = '' } = entry;
  return auth === '' && username === '' && password === '';
}

/** The user of an entry; nothing when the kubelet could not read it. What is under `auth` counts first, as there. */
function userOf(entry: unknown): string | undefined {
  if (!isObject(entry)) return undefined;
  const { auth, username = '' } = entry;
  if (auth === undefined || auth === '') return typeof username === 'string' ? username : undefined;
  const [user, password] = (typeof auth === 'string' ? decoded(auth) : '').split(':', 2);
  return password === undefined ? undefined : user;
}

/**
 * Base64 as the kubelet reads it: with line breaks, which tools put after 64 or 76 characters, and with all of its padding or none.
 *
 * @returns an empty text where the kubelet would not read it
 */
function decoded(text: string): string {
  const joined = text.replace(/[\r\n]/g, '');
  const rest = joined.length % 4;
  const whole = joined.endsWith('=') ? rest === 0 : rest !== 1;
  return whole && /^[A-Za-z0-9+/]+={0,2}$/.test(joined) ? Buffer.from(joined, 'base64').toString() : '';
}
