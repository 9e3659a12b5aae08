import type { Workload } from './results';

const MEBIBYTE = 1024 * 1024;

/** Sizes of images. */
export interface Size {
  readonly name: string;
  readonly images: number;
  readonly layers: number;
  readonly layerBytes: number;
}

/** Sizes by the name that --only takes. */
export const SIZES: readonly Size[] = [
  { name: '1x1GiB', images: 1, layers: 1, layerBytes: 1024 * MEBIBYTE },
  { name: '4x256MiB', images: 4, layers: 1, layerBytes: 256 * MEBIBYTE },
  { name: '64x10MiB', images: 8, layers: 8, layerBytes: 10 * MEBIBYTE },
  { name: 'small', images: 64, layers: 1, layerBytes: 4096 },
];

/** The name that --only takes for requests straight to the mirror. */
export const CHAIN = 'chain';

/** How many blobs are asked for at a time, where containerd is left out. */
const CHAIN_PARALLEL: { readonly [size: string]: number } = { '1x1GiB': 1, '64x10MiB': 3, small: 1 };

/**
 * The workloads of a run.
 *
 * @param only names of sizes, or `chain`
 * @param parallels how many images at a time
 */
export function workloads(only: readonly string[], parallels: readonly number[]): Workload[] {
  const pulls = SIZES.filter(({ name }) => only.includes(name)).flatMap((size) =>
    // More pulls at a time than images is the same as one for each.
    parallels
      .filter((parallel, index) => index === 0 || parallel <= size.images)
      .map((parallel) => ({ ...size, kind: 'pull' as const, parallel: Math.min(parallel, size.images) })),
  );
  if (!only.includes(CHAIN)) return pulls;
  const chain = SIZES.flatMap((size) => {
    const parallel = CHAIN_PARALLEL[size.name];
    return parallel === undefined ? [] : [{ ...size, kind: 'chain' as const, parallel }];
  });
  return [...pulls, ...chain];
}

/** The sizes that workloads need. */
export function sizesOf(all: readonly Workload[]): Size[] {
  return SIZES.filter(({ name }) => all.some((workload) => workload.name === name));
}

/** Bytes of the layers of a size. */
export function bytesOf({ images, layers, layerBytes }: Size): number {
  return images * layers * layerBytes;
}
