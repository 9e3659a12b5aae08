/** Where a node's own containerd reaches the auth proxy: one of the two. */
export interface EntryProps {
  /**
   * A hostPort on 127.0.0.1. Refused at once while the pod is away, so pulls go on at the origin without a delay.
   *
   * @default - used unless `clusterIp` is
   */
  readonly loopback?: LoopbackEntryProps;

  /**
   * A Service with a fixed ClusterIP and local traffic policy, where hostPorts are not available. While the pod is away
   * each pull waits about a second.
   *
   * @default - `loopback` is used
   */
  readonly clusterIp?: ClusterIpEntryProps;
}

/** A hostPort on 127.0.0.1. */
export interface LoopbackEntryProps {
  /**
   * The port on the node.
   *
   * @default 30020
   * @minimum 1
   * @maximum 65535
   * @asType integer
   */
  readonly port?: number;
}

/** A Service with a fixed ClusterIP. */
export interface ClusterIpEntryProps {
  /**
   * A free IPv4 address of the cluster's Service range.
   *
   * @format ipv4
   */
  readonly address: string;

  /**
   * The Service's port.
   *
   * @default 30020
   * @minimum 1
   * @maximum 65535
   * @asType integer
   */
  readonly port?: number;
}

/**
 * Makes the value of an entry.
 *
 * @example
 * new SecuredStack(chart, 'stack', {
 *   name: 'factory',
 *   registries: ['docker.io'],
 *   authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
 *   entry: Entry.clusterIp('10.96.77.77'),
 * });
 */
export class Entry {
  /**
   * A hostPort on 127.0.0.1.
   *
   * @param port the port on the node, 30020 when left out
   */
  public static loopback(port?: number): EntryProps {
    return { loopback: { port } };
  }

  /**
   * A Service with a fixed ClusterIP and local traffic policy.
   *
   * @param address a free IPv4 address of the cluster's Service range
   * @param port the Service's port, 30020 when left out
   */
  public static clusterIp(address: string, port?: number): EntryProps {
    return { clusterIp: { address, port } };
  }

  private constructor() {}
}
