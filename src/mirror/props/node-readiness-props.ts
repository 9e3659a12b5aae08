/** Pods wait until the mirror of a new node is in use. A mirror that fails later changes nothing: the node stays as it is. */
export interface NodeReadinessProps {
  /**
   * Where the API server listens, as the policies let the mirror's pods reach it. Needed unless `network.policies` is false.
   *
   * @default - none
   */
  readonly apiServer?: ApiServerProps;

  /**
   * Whether the controller only reports, in the status of the rule, which nodes would wait. For the first apply on a cluster whose
   * nodes have pods already: without it they wait until their mirror was replaced by one that reports.
   *
   * @default false
   */
  readonly dryRun?: boolean;
}

/**
 * Where the API server itself listens, not the address of its Service:
 * `kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes` shows both values.
 */
export interface ApiServerProps {
  /**
   * Its addresses in CIDR notation, such as 10.0.0.4/32. A managed control plane may change its addresses: name the
   * network that they are in.
   *
   * @minItems 1
   */
  readonly addresses: string[];

  /**
   * Its port.
   *
   * @default 6443
   * @minimum 1
   * @maximum 65535
   * @asType integer
   */
  readonly port?: number;
}
