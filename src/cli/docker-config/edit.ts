import { dockerCredential } from '../../tokens/model/docker-config';
import { isObject, parsed } from '../shared/json';

/** A credential as docker and the containers tools write it into a file. */
export interface AuthEntry {
  readonly auth: string;
}

/** A user name and a token as an entry. */
export function authEntry(user: string, token: string): AuthEntry {
  return { auth: dockerCredential(user, token).auth };
}

/**
 * The configuration with entries added or replaced; all else stays, and so does its indentation.
 *
 * @param text a configuration; an empty text begins a new one
 * @param keys the entries' keys
 * @param entry the value of each
 */
export function withEntries(text: string, keys: string[], entry: AuthEntry): string {
  const parsedText = parsed(text);
  const config = isObject(parsedText) ? parsedText : {};
  const auths = isObject(config.auths) ? config.auths : {};
  const added = Object.fromEntries(keys.map((key) => [key, entry]));
  const json = JSON.stringify({ ...config, auths: { ...auths, ...added } }, null, indentationOf(text));
  return text.trim() === '' || text.endsWith('\n') ? `${json}\n` : json;
}

/** docker itself indents by tabs. */
function indentationOf(text: string): string {
  if (text.trim() === '' || text.trim() === '{}') return '\t';
  return /^[ \t]+(?=")/m.exec(text)?.[0] ?? '';
}
