/** Limits against abuse, per node. */
export interface LimitsProps {
  /**
   * Connections that one source address may hold open to the proxy's ports for peers. Counted per source in the packet
   * filter: a limit over all sources would let one attacker lock everybody out.
   *
   * @default 64
   * @minimum 8
   * @maximum 65535
   * @asType integer
   */
  readonly connectionsPerSource?: number;

  /**
   * Connections that the proxy holds open in all, as a last resort.
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
}
