import { imageParts } from '../../kubernetes/image-name';
import { type ImageReferences, pinned } from '../../mirror/images';
import type { ClusterProps } from '../../stack/cluster-props';
import { resolveStack } from '../../stack/resolve';

/** An image of the mirror, by its key under `images`. */
export type ImageKey = keyof ImageReferences;

/** An image that a cluster's stack deploys. */
export interface DeployedImage {
  readonly cluster: string;
  readonly image: ImageKey;
  /** As the pods name it. */
  readonly reference: string;
  /** Its name, without tag and digest. */
  readonly repository: string;
  /** @default - its digest alone says which one it is */
  readonly tag?: string;
  /** @default - its tag alone says which one it is */
  readonly digest?: string;
  /** Where its makers publish this version. */
  readonly official: string;
}

/** All images of the mirror. */
export const IMAGE_KEYS = Object.keys(pinned) as ImageKey[];

/** The images that a cluster's stack deploys. */
export function deployedImages(cluster: ClusterProps): DeployedImage[] {
  const { images, nodeReadiness } = resolveStack(cluster).mirror;
  const keys = IMAGE_KEYS.filter((image) => image !== 'nodeReadinessReporter' || nodeReadiness !== undefined);
  return keys.map((image) => {
    const official = pinned[image];
    const parts = imageParts(images[image]);
    const tag = parts.tag ?? official.tag;
    return {
      cluster: cluster.name,
      image,
      reference: images[image],
      ...parts,
      official: `${official.repository}:${tag}`,
    };
  });
}

/** An image by its tag, where it has one: what a digest is asked for, and what a person reads. */
export function tagged({ repository, tag, reference }: DeployedImage): string {
  return tag === undefined ? reference : `${repository}:${tag}`;
}
