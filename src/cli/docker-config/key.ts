import { DOCKER_HUB, DOCKER_HUB_OTHER_KEYS } from '../../kubernetes/docker-hub';
import { hostsOf } from '../../tokens/model/registries';

/** The key of an entry. */
export interface RegistryKey {
  /** The host as the configuration has it, in lower case. */
  readonly host: string;
  /** The beginning of the repositories' paths; empty for all of the registry. */
  readonly path: string;
}

/**
 * The key of an entry in a docker configuration, as the kubelet reads it: without scheme, and without /v1/ or /v2/. It leaves
 * behind whatever else such a text may contain (a user, a password).
 *
 * @param key the key
 * @returns nothing when it has no host, or a path that no repository begins with
 */
export function parseKey(key: string): RegistryKey | undefined {
  const address = key.replace(/^https?:\/\//i, '').replace(/[?#].*$/s, '');
  const slash = address.indexOf('/');
  const authority = slash < 0 ? address : address.slice(0, slash);
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  const path = (slash < 0 ? '' : address.slice(slash)).replace(/^\/v[12](?=\/|$)/, '').replace(/^\//, '');
  return /^[-a-z0-9.:*]+$/.test(host) && /^[-\w./]*$/.test(path) ? { host, path } : undefined;
}

/**
 * Which registries a key is for.
 *
 * @param key the key
 * @param registries the registries in question, by their host names
 */
export function registriesFor({ host }: RegistryKey, registries: string[]): string[] {
  return registries.filter((registry) =>
    [...hostsOf(registry), ...(registry === DOCKER_HUB ? DOCKER_HUB_OTHER_KEYS : [])].some((name) =>
      isHost(host, name),
    ),
  );
}

/**
 * Whether the kubelet tries an entry when it pulls from a repository. It takes each entry whose host fits and whose path the repository
 * begins with, the longest first, and goes on to the next when one is refused.
 */
export function covers({ host, path }: RegistryKey, registry: string, repository: string): boolean {
  return isHost(host, registry) && repository.startsWith(path);
}

/** Whether an entry is the one that the kubelet tries for Docker Hub when no other fits. It hides nothing. */
export function isLastResort({ host, path }: RegistryKey): boolean {
  return host === 'index.docker.io' && path === '';
}

/** A key as it is written. */
export function keyText({ host, path }: RegistryKey): string {
  return path === '' ? host : `${host}/${path}`;
}

/** Hosts may have '*' in their parts. */
function isHost(pattern: string, host: string): boolean {
  const [name = '', port] = pattern.split(':');
  const [wanted = '', wantedPort] = host.split(':');
  const parts = name.split('.');
  const wantedParts = wanted.split('.');
  return (
    port === wantedPort &&
    parts.length === wantedParts.length &&
    parts.every((part, index) => isPart(part, wantedParts[index] ?? ''))
  );
}

function isPart(pattern: string, part: string): boolean {
  return new RegExp(`^${pattern.replaceAll(/\*+/g, '.*')}$`).test(part);
}
