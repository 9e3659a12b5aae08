import { DOCKER_HUB, DOCKER_HUB_KEY } from '../../kubernetes/docker-hub';
import { hostsOf } from '../../tokens/model/registries';
import type { Credential } from '../registry/credential';
import type { DockerConfig } from './config';
import { askHelper } from './credential-helper';
import { parseKey, registriesFor } from './key';

/** A credential of a docker configuration, and who has it. */
export interface FoundCredential {
  readonly credential: Credential;
  /** Its file and the key of its entry, or the credential helper. */
  readonly where: string;
}

/**
 * The credential for all of a registry: of a credential helper, or of an entry.
 *
 * @param config the configuration
 * @param file its name
 * @param registry the registry, as images name it
 * @throws CliError when a helper fails
 */
export async function hostCredential(
  config: DockerConfig,
  file: string,
  registry: string,
): Promise<FoundCredential | undefined> {
  const keys = [...(registry === DOCKER_HUB ? [DOCKER_HUB_KEY] : []), ...hostsOf(registry)];
  for (const key of keys) {
    const helper = config.helpers?.get(key) ?? config.store;
    const credential = helper === undefined ? undefined : await askHelper(helper, key);
    if (credential) return { credential, where: `docker-credential-${helper}` };
  }
  return [...keys, ...keys.map((key) => `https://${key}`)].flatMap((key) => credentialAt(config, file, key))[0];
}

/**
 * The credential for a repository: of the longest path that it is under, else the one for all of the registry.
 *
 * @param config the configuration
 * @param file its name
 * @param registry the registry, as images name it
 * @param repository the repository, without the registry
 * @throws CliError when a helper fails
 */
export async function repositoryCredential(
  config: DockerConfig,
  file: string,
  registry: string,
  repository: string,
): Promise<FoundCredential | undefined> {
  const paths = [...(config.entries ?? [])].flatMap(([text, { credential }]) => {
    const key = parseKey(text);
    if (credential === undefined || key === undefined || key.path === '') return [];
    const fits = registriesFor(key, [registry]).length > 0 && `${repository}/`.startsWith(`${key.path}/`);
    return fits ? [{ found: { credential, where: `${file}: ${text}` }, length: key.path.length }] : [];
  });
  const [longest] = paths.sort((one, other) => other.length - one.length);
  return longest?.found ?? hostCredential(config, file, registry);
}

/** The entry under a key. */
export function credentialAt({ entries }: DockerConfig, file: string, key: string): FoundCredential[] {
  const credential = entries?.get(key)?.credential;
  return credential === undefined ? [] : [{ credential, where: `${file}: ${key}` }];
}
