import { imageParts } from '../kubernetes/image-name';
import type { ImageProps, ImageReference, ImagesProps } from './props/images-props';

/** The images that the mirror is made of, all official, by the versions that they are tested with. */
export const pinned = {
  /** https://github.com/spegel-org/spegel/releases */
  spegel: { repository: 'ghcr.io/spegel-org/spegel', tag: 'v0.7.3' },
  /** https://hub.docker.com/r/envoyproxy/envoy/tags: the one with a shell, as the node agent runs in it too */
  envoy: { repository: 'docker.io/envoyproxy/envoy', tag: 'v1.40.0' },
  /** https://github.com/kubernetes/release/tree/master/images/build/distroless-iptables */
  iptables: { repository: 'registry.k8s.io/build-image/distroless-iptables', tag: 'v0.8.7' },
  /** https://node-readiness-controller.sigs.k8s.io/releases.html */
  nodeReadinessReporter: {
    repository: 'registry.k8s.io/node-readiness-controller/node-readiness-reporter',
    tag: 'v0.5.0',
  },
};

/** References of the images of a stack. */
export interface ImageReferences {
  /** Spegel. */
  readonly spegel: string;
  /** Envoy. */
  readonly envoy: string;
  /** iptables. */
  readonly iptables: string;
  /** Reporter of the Node Readiness Controller. */
  readonly nodeReadinessReporter: string;
}

/**
 * References of the images of a stack: the pinned ones, but for what the user says.
 *
 * @param props what the user says
 */
export function imageReferences(props: ImagesProps = {}): ImageReferences {
  const reference = (name: keyof ImageReferences) =>
    referenceOf(pinned[name], imageProps(props[name]), props.registryPrefix);
  return {
    spegel: reference('spegel'),
    envoy: reference('envoy'),
    iptables: reference('iptables'),
    nodeReadinessReporter: reference('nodeReadinessReporter'),
  };
}

/** An image by its parts, however it was written. */
export function imageProps(image: ImageReference = {}): ImageProps {
  return typeof image === 'string' ? imageParts(image) : image;
}

function referenceOf(official: { repository: string; tag: string }, own: ImageProps, prefix?: string): string {
  const path = official.repository.slice(official.repository.indexOf('/') + 1);
  const repository = own.repository ?? (prefix === undefined ? official.repository : `${prefix}/${path}`);
  // A digest without a tag would hide which version it is; with another image's digest the pinned tag would lie.
  const tag = own.tag ?? (own.digest === undefined ? official.tag : undefined);
  return `${repository}${tag === undefined ? '' : `:${tag}`}${own.digest === undefined ? '' : `@${own.digest}`}`;
}
