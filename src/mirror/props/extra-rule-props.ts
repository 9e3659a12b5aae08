/** Callers whom the policies let in beside the mirror's own flows. */
export interface ExtraIngressProps {
  /**
   * The callers.
   *
   * @minItems 1
   */
  readonly from: PolicyPeerProps[];

  /**
   * The port in the mirror's pods, of TCP: such as 5003 for health, 5004 for metrics, or the port of a container that you add by `patches`.
   *
   * @minimum 1
   * @maximum 65535
   * @asType integer
   */
  readonly port: number;
}

/** Destinations that the policies let the mirror's pods reach beside the mirror's own flows. */
export interface ExtraEgressProps {
  /**
   * The destinations.
   *
   * @minItems 1
   */
  readonly to: PolicyPeerProps[];

  /**
   * The port there.
   *
   * @minimum 1
   * @maximum 65535
   * @asType integer
   */
  readonly port: number;

  /**
   * Protocol of the port.
   *
   * @default TCP
   */
  readonly protocol?: 'TCP' | 'UDP';
}

/** Pods of a namespace, or addresses. */
export interface PolicyPeerProps {
  /**
   * The namespace of the pods.
   *
   * @default - addresses are named by `cidr`
   * @pattern ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
   * @patternErrorMessage expected a DNS label: at most 63 lower-case letters, digits and '-', with a letter or digit at
   * both ends
   */
  readonly namespace?: string;

  /**
   * Labels of the pods.
   *
   * @default - every pod of the namespace
   */
  readonly podLabels?: { readonly [label: string]: string };

  /**
   * Addresses outside of the cluster in CIDR notation, such as 10.20.0.0/16. With Cilium they match no node and no pod.
   *
   * @default - pods are named by `namespace`
   */
  readonly cidr?: string;
}
