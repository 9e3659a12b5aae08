import type { ClusterProps } from './cluster-props';

/** stack.yaml: everything that one run of synth turns into manifests. */
export interface StackFile {
  /**
   * The clusters. Each gets a folder of its own in dist/manifests, named after it.
   *
   * @minItems 1
   */
  readonly clusters: ClusterProps[];
}
