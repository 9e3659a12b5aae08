import { createHash } from 'node:crypto';
import { isObject, parsed } from '../shared/json';
import type { Answer } from './client';
import { CouldNotAsk } from './failure';

/** A manifest, or the index of an image for several platforms. */
export interface Manifest {
  /** Its digest, of the very bytes that came. */
  readonly digest: string;
  /**
   * Platforms of an index, such as `linux/amd64`.
   *
   * @default - it is the manifest of one platform, which it does not name
   */
  readonly platforms?: readonly string[];
}

/**
 * The manifest in a registry's answer.
 *
 * @param answer the answer
 * @param host the registry
 * @param reference the tag or digest that it was asked for
 * @throws CouldNotAsk when it holds no manifest, or another one than the registry says or was asked for
 */
export function manifestIn({ body, headers }: Answer, host: string, reference: string): Manifest {
  const digest = digestOf(body);
  const told = [headers.get('docker-content-digest'), reference.startsWith('sha256:') ? reference : null];
  if (told.some((one) => one !== null && one !== digest)) {
    throw new CouldNotAsk(`${host} sends another content than the one with the digest that it names`);
  }
  const manifest = parsed(body);
  // The digest of a manifest of version 1 is not the hash of its bytes.
  if (!isObject(manifest) || manifest.schemaVersion !== 2) throw new CouldNotAsk(`${host} answers with no manifest`);
  const { manifests } = manifest;
  return Array.isArray(manifests) ? { digest, platforms: [...new Set(manifests.flatMap(platformOf))] } : { digest };
}

/** The digest of a content. */
export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Attestations have the platform unknown/unknown. */
function platformOf(manifest: unknown): string[] {
  const platform = isObject(manifest) ? manifest.platform : undefined;
  if (!isObject(platform) || platform.os === 'unknown') return [];
  const parts = [platform.os, platform.architecture, platform.variant].filter((part) => part !== undefined);
  return parts.every((part) => typeof part === 'string') ? [parts.join('/')] : [];
}
