import { CliError } from '../../src/cli/shared/cli-error';
import { IMAGE_PREFIX, places } from './names';
import type { NodeTools } from './tools';
import type { Size } from './workloads';

/** A blob of an image. */
export interface Blob {
  readonly digest: string;
  readonly bytes: number;
}

/** An image on the serving node. */
export interface BenchImage {
  readonly name: string;
  readonly manifest: Blob;
  readonly layers: readonly Blob[];
}

/** The images of each size. */
export type ImagesBySize = ReadonlyMap<string, readonly BenchImage[]>;

/** Random bytes, their hash, a copy into an archive and one into containerd's content. */
const SECONDS_A_GIBIBYTE = 300;

/**
 * Makes the images of some sizes on a node, without a registry.
 *
 * @param tools the node's
 * @param sizes the sizes
 * @param architecture the one of the nodes: containerd unpacks no other
 * @param say tells the user how far it is
 */
export async function makeImages(
  tools: NodeTools,
  sizes: readonly Size[],
  architecture: string,
  say: (text: string) => void,
): Promise<ImagesBySize> {
  const hosts = Object.values(places).map(({ registry }) => registry);
  const made = new Map<string, BenchImage[]>();
  for (const size of sizes) {
    say(`making ${size.images} x ${size.layers} layers of ${size.layerBytes} bytes on ${tools.node}`);
    const seconds = 120 + size.images + ((size.images * size.layers * size.layerBytes) / 2 ** 30) * SECONDS_A_GIBIBYTE;
    const names = Array.from({ length: size.images }, (_, index) => `${size.name.toLowerCase()}-${index}`);
    const commands = names.map((name) =>
      ['make_image', `${IMAGE_PREFIX}${name}:1`, size.layers, size.layerBytes, architecture, ...hosts].join(' '),
    );
    const output = await tools.run(['set -e', ...commands].join('\n'), seconds);
    const images = imagesIn(output, names);
    if (images.length !== names.length) throw new CliError('other', `${tools.node} made only ${images.length} images`);
    made.set(size.name, images);
  }
  return made;
}

/** The images in what `make_image` in images.sh printed: the layers of each, and then its manifest. */
export function imagesIn(output: string, names: readonly string[]): BenchImage[] {
  const images: BenchImage[] = [];
  let layers: Blob[] = [];
  for (const [, kind, digest = '', bytes] of output.matchAll(/^(layer|manifest) (sha256:[0-9a-f]{64}) (\d+)$/gm)) {
    const blob = { digest, bytes: Number(bytes) };
    if (kind === 'layer') layers.push(blob);
    else {
      images.push({ name: names[images.length] ?? '', manifest: blob, layers });
      layers = [];
    }
  }
  return images;
}

/** The name by which containerd pulls an image from a registry. */
export function reference(registry: string, { name, manifest }: BenchImage): string {
  return `${registry}/bench/${name}@${manifest.digest}`;
}
