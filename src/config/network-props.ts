/** Who may reach whom. */
export interface NetworkProps {
  /**
   * Whether NetworkPolicies are made. Turn it off only where another tool writes policies of the same effect.
   *
   * @default true
   */
  readonly policies?: boolean;

  /**
   * Addresses, in CIDR notation, of DNS servers that are no pods of kube-system, such as NodeLocal DNSCache's
   * 169.254.20.10/32.
   *
   * @default - none: pods labelled k8s-app: kube-dns in kube-system
   */
  readonly dnsAddresses?: string[];
}

/** Who may read the metrics: pods of one namespace that show the certificate of the Secret mirror-metrics. */
export interface MetricsProps {
  /**
   * The namespace that they are scraped from.
   *
   * @pattern ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
   * @patternErrorMessage a DNS label is wanted: at most 63 lower-case letters, digits and '-', with a letter or digit at
   * both ends
   */
  readonly namespace: string;
}
