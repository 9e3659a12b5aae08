import { isObject, type JsonObject, parsed } from '../../shared/json';
import type { AuthEntry } from './keys';

/** A configuration, as JSON. All that is not known here is kept. */
export interface ConfigText {
  readonly auths: JsonObject;
  readonly credHelpers: JsonObject;
  readonly credsStore?: string;
}

/** Who has an entry: nobody, the same credential, the same user with another token, or somebody else. */
export type Holder = 'nobody' | 'same' | 'same user' | 'other';

/**
 * Reads a configuration.
 *
 * @param text what its file holds; an empty one is as good as none
 * @returns nothing when it is none
 */
export function configIn(text: string): ConfigText | undefined {
  const config = objectIn(text);
  if (config === undefined) return undefined;
  const { auths = {}, credHelpers = {}, credsStore } = config;
  if (!isObject(auths) || !isObject(credHelpers)) return undefined;
  const store = typeof credsStore === 'string' && credsStore !== '' ? credsStore : undefined;
  return { auths, credHelpers, ...(store === undefined ? {} : { credsStore: store }) };
}

/**
 * The configuration with entries added or replaced; all else stays, and so does its indentation.
 *
 * @param text a configuration
 * @param keys the entries' keys
 * @param entry what each is
 */
export function withEntries(text: string, keys: string[], entry: AuthEntry): string {
  const config = objectIn(text) ?? {};
  const auths = isObject(config.auths) ? config.auths : {};
  const added = Object.fromEntries(keys.map((key) => [key, entry]));
  const json = JSON.stringify({ ...config, auths: { ...auths, ...added } }, null, indentationOf(text));
  return text.trim() === '' || text.endsWith('\n') ? `${json}\n` : json;
}

/**
 * Who has an entry.
 *
 * @param entry what stands there
 * @param user the user name that is to be there
 * @param wanted the credential that is to be there
 */
export function holderOf(entry: unknown, user: string, wanted: AuthEntry): Holder {
  if (entry === undefined) return 'nobody';
  if (!isObject(entry)) return 'other';
  const { auth, username, password, ...rest } = entry;
  const ways = Object.values(rest).some((value) => value !== '' && value !== undefined);
  if (!ways && [auth, username, password].every((value) => value === undefined || value === '')) return 'nobody';
  if (auth === wanted.auth) return 'same';
  const name = typeof auth === 'string' && auth !== '' ? userIn(auth) : username;
  return name === user ? 'same user' : 'other';
}

/**
 * The entry that a tool reads under a key: docker takes older spellings of a host too.
 *
 * @param auths all entries
 * @param key the key
 */
export function entryAt(auths: JsonObject, key: string): unknown {
  const spellings = key.startsWith('https://') ? [key] : [key, ...OLD.map(([before, after]) => before + key + after)];
  const found = spellings.find((spelling) => Object.hasOwn(auths, spelling));
  return found === undefined ? undefined : auths[found];
}

const OLD = [
  ['https://', ''],
  ['https://', '/'],
  ['https://', '/v1/'],
  ['https://', '/v2/'],
  ['http://', ''],
] as const;

function userIn(auth: string): string {
  const text = Buffer.from(auth, 'base64').toString();
  return text.slice(0, Math.max(0, text.indexOf(':')));
}

/** What docker itself writes is indented by tabs. */
function indentationOf(text: string): string {
  if (text.trim() === '' || text.trim() === '{}') return '\t';
  return /^[ \t]+(?=")/m.exec(text)?.[0] ?? '';
}

function objectIn(text: string): JsonObject | undefined {
  const value = text.trim() === '' ? {} : parsed(text);
  return isObject(value) ? value : undefined;
}
