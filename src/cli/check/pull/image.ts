import { DOCKER_HUB } from '../../../kubernetes/docker-hub';
import { imageName } from '../../../kubernetes/image-name';

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The digest in a reference, if there is one. */
export function digestIn(reference: string): string | undefined {
  const digest = reference.split('@')[1] ?? '';
  return DIGEST.test(digest) ? digest : undefined;
}

/** The host of the registry that a full reference names. */
export function registryOf(reference: string): string {
  return reference.slice(0, Math.max(0, reference.indexOf('/')));
}

/**
 * A reference as nodes list it: with its registry, and with the tag `latest` when it has neither tag nor digest.
 *
 * @param reference as people write it
 */
export function fullReference(reference: string): string {
  const [first = '', ...rest] = reference.split('/');
  const named = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const path = named ? reference : `${DOCKER_HUB}/${rest.length > 0 ? '' : 'library/'}${reference}`;
  return imageName(path) === path ? `${path}:latest` : path;
}
