import { DOCKER_HUB, DOCKER_HUB_API, DOCKER_HUB_KEY, DOCKER_HUB_NAMES } from '../../kubernetes/docker-hub';
import type { OrganizationTokensProps, RegistryDriver } from '../props/organization-tokens-props';

const BY_HOST: [RegExp, RegistryDriver][] = [
  [/^((index|registry-1)\.)?docker\.io$/, 'docker-hub'],
  [/^ghcr\.io$/, 'ghcr'],
  [/^quay\.io$/, 'quay'],
  [/^(gitea\.com|codeberg\.org)$/, 'gitea'],
  [/^registry\.gitlab\.com$/, 'gitlab'],
  [/\.dkr\.ecr\.[-a-z0-9]+\.amazonaws\.com(\.cn)?$/, 'ecr'],
  [/\.azurecr\.(io|cn|us)$/, 'acr'],
  [/-docker\.pkg\.dev$/, 'gar'],
];

/** The registry of an organisation's tokens, by its host name. */
export function resolveRegistry({ registry = DOCKER_HUB }: Pick<OrganizationTokensProps, 'registry'>): string {
  return DOCKER_HUB_NAMES.includes(registry) ? DOCKER_HUB : registry;
}

/** What kind of registry it is. */
export function resolveDriver(props: Pick<OrganizationTokensProps, 'registry' | 'driver'>): RegistryDriver {
  const registry = resolveRegistry(props);
  return props.driver ?? BY_HOST.find(([pattern]) => pattern.test(registry))?.[1] ?? 'generic';
}

/** Whether credentials of such a registry live for hours, so that only a credential provider can bring them. */
export function isByProvider(driver: RegistryDriver): boolean {
  return ['ecr', 'acr', 'gar'].includes(driver);
}

/**
 * User name that goes with a token where none is given.
 *
 * @param driver kind of the registry
 * @param organization the organisation, at Harbor the project
 * @param name name of the token's robot account, or of the user that a deploy token is given
 */
export function userAtRegistry(driver: RegistryDriver, organization: string, name: string): string {
  if (driver === 'harbor') return `robot$${organization}+${name}`;
  if (driver === 'quay') return `${organization}+${name.replace(/[-.]/g, '_')}`;
  if (driver === 'gitlab') return name;
  return organization;
}

/** All host names by which a registry is known. */
export function hostsOf(registry: string): string[] {
  return registry === DOCKER_HUB ? [...DOCKER_HUB_NAMES] : [registry];
}

/** Where a registry's API is, by host name. */
export function apiHostOf(registry: string): string {
  return registry === DOCKER_HUB ? DOCKER_HUB_API : registry;
}

/**
 * Keys of a dockerconfigjson for repositories: always with their path, for each name of the registry. The kubelet takes the longest key
 * that the image begins with, whatever the order of pull secrets (measured).
 */
export function configKeys(registry: string, repositories: string[]): string[] {
  return hostsOf(registry).flatMap((host) => repositories.map((repository) => `${host}/${repository}`));
}

/** Under what docker, BuildKit and kaniko, which know hosts alone, look for a registry's credential. */
export function hostKey(registry: string): string {
  return registry === DOCKER_HUB ? DOCKER_HUB_KEY : registry;
}
