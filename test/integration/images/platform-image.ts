import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes an image without layers for some architectures, as an OCI layout.
 *
 * @param folder where
 * @param name makes it another image than those of other names
 * @param architectures its architectures, under one index
 * @returns the digest of the index
 */
export function writeLayout(folder: string, name: string, architectures: readonly string[]): string {
  mkdirSync(join(folder, 'blobs/sha256'), { recursive: true });
  const put = (value: object, mediaType: string) => {
    const text = JSON.stringify(value);
    const hex = createHash('sha256').update(text).digest('hex');
    writeFileSync(join(folder, 'blobs/sha256', hex), text);
    return { mediaType, digest: `sha256:${hex}`, size: text.length };
  };
  const manifests = architectures.map((architecture) => {
    const platform = { os: 'linux', architecture };
    const config = { ...platform, author: name, rootfs: { type: 'layers', diff_ids: [] } };
    const manifest = {
      schemaVersion: 2,
      mediaType: `${OCI}.manifest.v1+json`,
      config: put(config, `${OCI}.config.v1+json`),
      layers: [],
    };
    return { ...put(manifest, manifest.mediaType), platform };
  });
  const index = put({ schemaVersion: 2, mediaType: INDEX, manifests }, INDEX);
  writeFileSync(join(folder, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [index] }));
  writeFileSync(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  return index.digest;
}

const OCI = 'application/vnd.oci.image';
const INDEX = `${OCI}.index.v1+json`;
