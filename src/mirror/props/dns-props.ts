/** A DNS service of a cluster whose pods and addresses are known: the table is in docs/platforms.md. */
export type DnsPreset =
  | 'kube-dns'
  | 'node-local-dns'
  | 'gke-node-local-dns'
  | 'gke-cloud-dns'
  | 'eks-auto-mode'
  | 'openshift';

/** Which DNS servers the policies let the mirror ask: the servers of the preset, and the ones named here. */
export interface DnsProps {
  /**
   * The DNS service that pods of the cluster are given. docs/platforms.md says what each one allows, and from which source.
   *
   * @default kube-dns
   */
  readonly preset?: DnsPreset;

  /**
   * DNS servers that run as pods, by their labels.
   *
   * @default - none besides the preset's
   */
  readonly pods?: DnsPods[];

  /**
   * DNS servers that no label selects, such as servers in the network of a node, by their addresses in CIDR notation. They are
   * asked at port 53.
   *
   * @default - none besides the preset's
   */
  readonly addresses?: string[];
}

/** DNS servers that run as pods. */
export interface DnsPods {
  /**
   * Their namespace.
   *
   * @pattern ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
   * @patternErrorMessage expected a DNS label: at most 63 lower-case letters, digits and '-', with a letter or digit at
   * both ends
   */
  readonly namespace: string;

  /**
   * Labels that they have, all of them; at least one.
   */
  readonly labels: { readonly [key: string]: string };

  /**
   * The port at which the pods themselves listen, for UDP and TCP: a policy sees packets after the Service's port was replaced by it.
   *
   * @default 53
   * @minimum 1
   * @maximum 65535
   * @asType integer
   */
  readonly port?: number;
}
