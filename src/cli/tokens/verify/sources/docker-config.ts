import { Credential } from '../../../registry/credential';
import { isObject, type JsonObject, parsed } from '../../../shared/json';

/** A docker configuration, as far as it is about credentials. */
export interface DockerConfig {
  readonly auths: ReadonlyMap<string, Credential>;
  /** Programs that keep credentials, by host. */
  readonly helpers: ReadonlyMap<string, string>;
  /** The program that keeps all others. */
  readonly store?: string;
}

/**
 * Reads a docker configuration, or what a Secret of type kubernetes.io/dockerconfigjson holds.
 *
 * @param text what it holds
 * @returns nothing when it is none
 */
export function dockerConfigIn(text: string): DockerConfig | undefined {
  const config = parsed(text);
  if (!isObject(config)) return undefined;
  const auths = entriesOf(config.auths).flatMap(([key, entry]): [string, Credential][] => {
    const credential = isObject(entry) ? credentialIn(entry) : undefined;
    return credential === undefined ? [] : [[key, credential]];
  });
  const helpers = entriesOf(config.credHelpers).flatMap(([host, name]): [string, string][] =>
    typeof name === 'string' ? [[host, name]] : [],
  );
  const store = typeof config.credsStore === 'string' && config.credsStore !== '' ? config.credsStore : undefined;
  return { auths: new Map(auths), helpers: new Map(helpers), store };
}

/** The kubelet and docker both prefer `auth` to the two fields that it is made of. */
function credentialIn({ auth, username, password }: JsonObject): Credential | undefined {
  if (typeof auth === 'string' && auth !== '') {
    const [, user = '', token = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(auth, 'base64').toString()) ?? [];
    return user === '' || token === '' ? undefined : new Credential(user, token.replace(/\0+$/, ''));
  }
  if (typeof username !== 'string' || typeof password !== 'string' || username === '' || password === '') {
    return undefined;
  }
  return new Credential(username, password);
}

function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}
