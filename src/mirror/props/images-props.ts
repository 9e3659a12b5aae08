/** Where the images of the mirror's own containers come from. */
export interface ImagesProps {
  /**
   * Registry, with an optional path, that takes the place of each image's own registry: for sites without Internet access.
   * `registry.example.com/mirror` makes `registry.example.com/mirror/spegel-org/spegel` of `ghcr.io/spegel-org/spegel`.
   *
   * @default - each image's own registry
   * @pattern ^[a-zA-Z0-9][-a-zA-Z0-9.]*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$
   * @patternErrorMessage expected a registry with an optional path, without scheme and trailing '/', such as
   * registry.example.com/mirror
   */
  readonly registryPrefix?: string;

  /**
   * Spegel.
   *
   * @default - the pinned version
   */
  readonly spegel?: ImageReference;

  /**
   * Envoy, for the auth proxy and the node agent: an image with bash and coreutils, so not a distroless one.
   *
   * @default - the pinned version
   */
  readonly envoy?: ImageReference;

  /**
   * iptables, for the redirect.
   *
   * @default - the pinned version
   */
  readonly iptables?: ImageReference;

  /**
   * Reporter of the Node Readiness Controller, for `nodeReadiness`.
   *
   * @default - the pinned version
   */
  readonly nodeReadinessReporter?: ImageReference;
}

/**
 * What is different about one image, or the whole image in one text.
 *
 * @pattern ^[a-zA-Z0-9][-a-zA-Z0-9.]*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+(:[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127})?(@sha256:[0-9a-f]{64})?$
 * @patternErrorMessage expected an image with its registry, and with its tag, its digest sha256:<64 hexadecimal digits>, or both, such as
 * ghcr.io/spegel-org/spegel:v0.7.3
 */
export type ImageReference = string | ImageProps;

/** What is different about one image. */
export interface ImageProps {
  /**
   * Its name with its registry, without tag and digest.
   *
   * @default - the official one
   * @pattern ^[a-zA-Z0-9][-a-zA-Z0-9.]*(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+$
   * @patternErrorMessage expected an image name with its registry, such as ghcr.io/spegel-org/spegel; what stands behind
   * ':' or '@' goes under the keys tag and digest beside it
   */
  readonly repository?: string;

  /**
   * Its tag.
   *
   * @default - the pinned version
   * @pattern ^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$
   * @patternErrorMessage expected a tag: at most 128 letters, digits, '_', '.' and '-', such as v0.7.3; what stands behind '@' goes
   * under the key digest beside it
   */
  readonly tag?: string;

  /**
   * Its digest, to pin its very bytes: sha256:<64 hexadecimal digits>.
   *
   * @default - none: the tag decides
   * @pattern ^sha256:[0-9a-f]{64}$
   * @patternErrorMessage expected a digest: sha256: and 64 hexadecimal digits in lower case
   */
  readonly digest?: string;
}
