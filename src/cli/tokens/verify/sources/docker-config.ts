import { Credential } from '../../registry/credential';

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
  const config = objectIn(parsed(text));
  if (config === undefined) return undefined;
  const auths = Object.entries(objectIn(config.auths) ?? {}).flatMap(([key, entry]): [string, Credential][] => {
    const credential = credentialIn(objectIn(entry) ?? {});
    return credential === undefined ? [] : [[key, credential]];
  });
  const helpers = Object.entries(objectIn(config.credHelpers) ?? {}).flatMap(([host, name]): [string, string][] =>
    typeof name === 'string' ? [[host, name]] : [],
  );
  const store = typeof config.credsStore === 'string' && config.credsStore !== '' ? config.credsStore : undefined;
  return { auths: new Map(auths), helpers: new Map(helpers), store };
}

/** The kubelet and docker both prefer `auth` to the two fields that it is made of. */
function credentialIn({ auth, username, password }: { readonly [name: string]: unknown }): Credential | undefined {
  if (typeof auth === 'string' && auth !== '') {
    const [, user = '', token = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(auth, 'base64').toString()) ?? [];
    return user === '' || token === '' ? undefined : new Credential(user, token.replace(/\0+$/, ''));
  }
  if (typeof username !== 'string' || typeof password !== 'string' || username === '' || password === '') {
    return undefined;
  }
  return new Credential(username, password);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectIn(value: unknown): { readonly [name: string]: unknown } | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
