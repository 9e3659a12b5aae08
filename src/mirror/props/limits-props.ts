/** Limits against abuse, per node. */
export interface LimitsProps {
  /**
   * Connections that one source address may hold open to each of the proxy's ports for peers, and to its port for metrics. Counted per
   * source in the packet filter: a limit over all sources would let one attacker lock everybody out. A connection carries one
   * request at a time, so it is also how many layers one peer may fetch here at the same time.
   *
   * @default 64
   * @minimum 8
   * @maximum 65535
   * @asType integer
   */
  readonly connectionsPerSource?: number;

  /**
   * Connections that one source address may hold open to the entry, so also how many layers the node may fetch at the same time. The
   * node's containerd and every process on the node have the same address.
   *
   * @default 4096
   * @minimum 64
   * @maximum 100000
   * @asType integer
   */
  readonly entryConnections?: number;

  /**
   * Connections that the proxy holds open for peers in all, as a last resort. The other listeners have numbers of their own, so a
   * full one refuses nobody elsewhere.
   *
   * @default 10000
   * @minimum 256
   * @maximum 1000000
   * @asType integer
   */
  readonly connections?: number;

  /**
   * Requests that the proxy hands to its own Spegel at the same time, whether they come from peers or from the node; as many to peers, and
   * as many connections between routers. The proxy refuses any more at once with 503, and none waits, so containerd goes to the origin.
   *
   * @default 512
   * @minimum 16
   * @maximum 100000
   * @asType integer
   */
  readonly requests?: number;

  /**
   * MiB per second that a node serves to its peers in all.
   *
   * @default - no limit
   * @minimum 1
   * @maximum 100000
   * @asType integer
   */
  readonly servedMebibytesPerSecond?: number;

  /**
   * MiB per second that a node fetches through its mirror in all. The mirror does not slow down what containerd fetches from the origin.
   *
   * @default - no limit
   * @minimum 1
   * @maximum 100000
   * @asType integer
   */
  readonly fetchedMebibytesPerSecond?: number;
}
