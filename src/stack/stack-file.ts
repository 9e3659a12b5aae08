import type { ClusterProps } from './cluster-props';

/** Settings of many clusters: any part of a cluster's but for its name. */
export type ClusterDefaults = Partial<ClusterProps>;

/** stack.yaml: everything that one run of synth turns into manifests. Keys that begin with `x-` are the user's, such as for anchors. */
export interface StackFile {
  /**
   * Settings that every cluster has unless it says otherwise: docs/many-clusters.md. Mappings merge, lists are replaced.
   *
   * @default - none
   */
  readonly defaults?: ClusterDefaults;

  /**
   * The clusters. Each gets a folder of its own in dist/manifests, named after it.
   *
   * @minItems 1
   */
  readonly clusters: ClusterProps[];
}
