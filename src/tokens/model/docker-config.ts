import { configKeys, hostKey } from './registries';
import type { ResolvedToken } from './resolved';

/** A credential in a docker configuration. */
export interface DockerCredential {
  readonly username: string;
  readonly password: string;
  /** Both again in base64: buildah, podman and skopeo read this alone. */
  readonly auth: string;
}

/**
 * The keys of a token's Secret. A node needs repositories alone, and then sends the token nowhere else. The Secret of a build workload
 * has the registry's host too: docker, BuildKit and kaniko look for nothing else.
 *
 * @param token the token
 */
function secretKeys({ kind, registry, repositories }: ResolvedToken): string[] {
  const byRepository = configKeys(registry, repositories);
  return kind === 'push' ? [...byRepository, hostKey(registry)] : byRepository;
}

/** A user name and a token as every reader of a docker configuration takes them. */
export function dockerCredential(username: string, password: string): DockerCredential {
  return { username, password, auth: Buffer.from(`${username}:${password}`).toString('base64') };
}

/**
 * What a token's Secret of type kubernetes.io/dockerconfigjson holds.
 *
 * @param token the token
 * @param value its value
 */
export function secretConfig(token: ResolvedToken, value: string): object {
  const credential = dockerCredential(token.user, value);
  return { auths: Object.fromEntries(secretKeys(token).map((key) => [key, credential])) };
}

/**
 * The same for the template engine of the External Secrets Operator, which quotes the token for JSON, whatever its characters.
 *
 * @param token the token
 */
export function secretTemplate(token: ResolvedToken): string {
  const name = JSON.stringify(token.user);
  const pair = `printf "%s:%s" ${name} .token`;
  const credential = `{"username":${name},"password":{{ .token | toJson }},"auth":{{ ${pair} | b64enc | toJson }}}`;
  const entries = secretKeys(token).map((key) => `${JSON.stringify(key)}:${credential}`);
  return `{"auths":{${entries.join(',')}}}`;
}
