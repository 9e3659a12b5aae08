/** How the DaemonSet replaces pods after a change. */
export interface UpdateStrategyProps {
  /**
   * RollingUpdate replaces some pods at a time. With OnDelete a node keeps its pod, with its old settings, until you delete that.
   *
   * @default RollingUpdate
   */
  readonly type?: 'RollingUpdate' | 'OnDelete';

  /**
   * Pace of RollingUpdate.
   *
   * @default - see maxUnavailable
   */
  readonly rollingUpdate?: RollingUpdateProps;
}

/**
 * Pace of RollingUpdate.
 *
 * @refusedKeys {"maxSurge": "a node has one mirror, as two would contend for the entry's port and the node's registry settings"}
 */
export interface RollingUpdateProps {
  /**
   * Nodes that may be without a ready mirror at the same time: a number, or a percentage of the nodes with a mirror. Their pulls go to the registries.
   *
   * @default 10%
   */
  readonly maxUnavailable?: NodeCount;
}

/**
 * A number of nodes, or a percentage of them.
 *
 * @pattern ^([1-9][0-9]?|100)%$
 * @patternErrorMessage expected a number of nodes from 1, without quotes, or a percentage from 1% to 100%
 */
export type NodeCount = string | number;
