import { Credential } from '../registry/credential';
import { isObject } from '../shared/json';

/** An entry of a docker configuration. */
export interface ConfigEntry {
  /** The text under `auth`, in base64. */
  readonly auth?: string;
  readonly user?: string;
  /** Its user name and token, if it has both. */
  readonly credential?: Credential;
  /** Whether user name, password and `auth` are empty: docker leaves such an entry where a program keeps the credential. */
  readonly isBlank: boolean;
  /** Whether it has other fields, such as an identity token. */
  readonly hasMore: boolean;
  /** Whether the kubelet can read it. */
  readonly isReadable: boolean;
}

/**
 * Reads an entry. The kubelet and docker both prefer `auth` to the two fields that docker makes it of.
 *
 * @param entry the value under its key
 */
export function entryIn(entry: unknown): ConfigEntry {
  if (!isObject(entry)) return { isBlank: false, hasMore: true, isReadable: false };
  const { auth, username, password, ...rest } = entry;
  const flags = {
    isBlank: [auth, username, password].every((value) => value === undefined || value === ''),
    hasMore: Object.values(rest).some((value) => value !== undefined && value !== ''),
  };
  if (typeof auth === 'string' && auth !== '') return { ...inAuth(auth), ...flags };
  const user = typeof username === 'string' ? username : undefined;
  const token = typeof password === 'string' && password !== '' ? password : undefined;
  const isReadable = (auth === undefined || auth === '') && (username === undefined || user !== undefined);
  return { user, credential: credentialOf(user, token), ...flags, isReadable };
}

function inAuth(auth: string): Pick<ConfigEntry, 'auth' | 'user' | 'credential' | 'isReadable'> {
  const [, user = '', token] = /^([^:]*):(.*)$/s.exec(Buffer.from(auth, 'base64').toString()) ?? [];
  // Some tools fill the end with NUL, which docker cuts off.
  const credential = token === '' ? undefined : credentialOf(user, token?.replace(/\0+$/, ''));
  return { auth, user, credential, isReadable: isBase64(auth) && token !== undefined };
}

function credentialOf(user = '', token?: string): Credential | undefined {
  return user === '' || token === undefined ? undefined : new Credential(user, token);
}

/** Whether the kubelet reads a text as base64: with line breaks, which tools put after 64 or 76 characters, and with all of its padding or none. */
function isBase64(text: string): boolean {
  const joined = text.replace(/[\r\n]/g, '');
  const rest = joined.length % 4;
  const whole = joined.endsWith('=') ? rest === 0 : rest !== 1;
  return whole && /^[A-Za-z0-9+/]+={0,2}$/.test(joined);
}
