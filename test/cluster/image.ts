import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { type Program, program } from './programs';

/** Bytes of a layer beside whose random content its program is nothing. */
const LARGE = 16 * 2 ** 20;

/** An image whose content nobody else has: the kubelet remembers what was pulled by its content. */
export interface TestImage {
  /** An OCI archive of it. */
  readonly archive: Buffer;
  /** Digest of its manifest. */
  readonly digest: string;
  /** Digests of its blobs: the configuration and the layers. */
  readonly blobs: string[];
  /** Bytes of its blobs. */
  readonly bytes: number;
}

/**
 * Makes an image that runs and does nothing.
 *
 * @param layers how many layers
 * @param layerBytes random bytes in each
 * @param more what its documents say besides, for a forger
 */
export function makeImage(layers = 3, layerBytes = 65_536, more: Documents = {}): TestImage {
  return imageOf(
    'pause',
    Array.from({ length: layers }, (_, i) =>
      tar([
        ...(i === 0 ? [executable('pause')] : []),
        { name: `content-${i}`, mode: 0o644, data: randomBytes(layerBytes) },
      ]),
    ),
    more,
  );
}

/** Keys of the documents of an image besides those that it needs; they come first. */
export interface Documents {
  readonly configuration?: object;
  readonly manifest?: object;
  /** Of the manifest's entry in the archive. */
  readonly annotations?: { readonly [key: string]: string };
}

/**
 * Makes an image of one of the tests' programs, which is imported under a name.
 *
 * @param name the program
 * @param reference the name of the image
 */
export function programImage(name: Program, reference: string): TestImage {
  return imageOf(name, [tar([executable(name)])], { annotations: { 'io.containerd.image.name': reference } });
}

function executable(name: Program): TarFile {
  return { name, mode: 0o755, data: readFileSync(program(name)) };
}

function imageOf(
  name: Program,
  tars: Buffer[],
  { configuration, manifest: stated, annotations = {} }: Documents,
): TestImage {
  const config = json({
    ...configuration,
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    config: { Entrypoint: [`/${name}`] },
    rootfs: { type: 'layers', diff_ids: tars.map(digestOf) },
  });
  // Compressed, or whoever pushes compresses them and so changes their digests. Random bytes only cost time.
  const compressed = tars.map((layer) => gzipSync(layer, { level: layer.length > LARGE ? 0 : 1 }));
  const manifest = json({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    ...stated,
    config: descriptor('application/vnd.oci.image.config.v1+json', config),
    layers: compressed.map((layer) => descriptor('application/vnd.oci.image.layer.v1.tar+gzip', layer)),
  });
  const index = json({
    schemaVersion: 2,
    manifests: [{ ...descriptor('application/vnd.oci.image.manifest.v1+json', manifest), annotations }],
  });
  const blobs = [config, ...compressed];
  const archive = tar([
    { name: 'oci-layout', mode: 0o644, data: json({ imageLayoutVersion: '1.0.0' }) },
    { name: 'index.json', mode: 0o644, data: index },
    ...[manifest, ...blobs].map((data) => ({
      name: `blobs/sha256/${digestOf(data).slice('sha256:'.length)}`,
      mode: 0o644,
      data,
    })),
  ]);
  const bytes = blobs.reduce((sum, blob) => sum + blob.length, 0);
  return { archive, digest: digestOf(manifest), blobs: blobs.map(digestOf), bytes };
}

function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function digestOf(data: Buffer): string {
  return `sha256:${createHash('sha256').update(data).digest('hex')}`;
}

function descriptor(mediaType: string, data: Buffer): object {
  return { mediaType, digest: digestOf(data), size: data.length };
}

interface TarFile {
  readonly name: string;
  readonly mode: number;
  readonly data: Buffer;
}

/** An archive in ustar format. */
function tar(files: TarFile[]): Buffer {
  const parts = files.flatMap(({ name, mode, data }) => {
    const header = Buffer.alloc(512);
    const field = (offset: number, text: string) => header.write(text, offset, 'ascii');
    field(0, name);
    field(100, `${octal(mode, 7)}\0`);
    field(108, `${octal(0, 7)}\0`);
    field(116, `${octal(0, 7)}\0`);
    field(124, `${octal(data.length, 11)}\0`);
    field(136, `${octal(0, 11)}\0`);
    field(148, ' '.repeat(8));
    field(156, '0');
    field(257, 'ustar\x0000');
    const sum = header.reduce((total, byte) => total + byte, 0);
    field(148, `${octal(sum, 6)}\0 `);
    return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
