import { isObject, type JsonObject } from '../../shared/json';
import type { Store } from './store';

/** A layer of an image, compressed as registries keep it. */
export interface Layer {
  readonly digest: string;
  readonly bytes: number;
}

/**
 * The layers of an image for an architecture, as its manifest lists them; nothing when the store lacks the manifest.
 *
 * @param store a store
 * @param digest digest of the image's index or manifest
 * @param architecture the architecture, in Go's words
 */
export function layersOf(store: Store, digest: string, architecture: string): Layer[] | undefined {
  const document = store.documents.get(digest);
  const manifest = document && (listIn(document, 'manifests') ? chosen(store, document, architecture) : document);
  const layers = manifest && listIn(manifest, 'layers');
  return layers && [...new Map(layers.flatMap(layerIn)).values()];
}

/** An index may have several manifests of an architecture, for its variants: the store has the one that fits its node. */
function chosen(store: Store, index: JsonObject, architecture: string): JsonObject | undefined {
  for (const { digest, platform } of listIn(index, 'manifests') ?? []) {
    const fits = isObject(platform) && platform.os === 'linux' && platform.architecture === architecture;
    const manifest = fits ? store.documents.get(String(digest)) : undefined;
    if (manifest) return manifest;
  }
  return undefined;
}

function layerIn({ digest, size }: JsonObject): [string, Layer][] {
  return typeof digest === 'string' && typeof size === 'number' ? [[digest, { digest, bytes: size }]] : [];
}

function listIn(object: JsonObject, key: string): JsonObject[] | undefined {
  const list = object[key];
  return Array.isArray(list) ? list.filter(isObject) : undefined;
}
