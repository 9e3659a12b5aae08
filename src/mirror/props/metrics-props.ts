/**
 * Who may read the metrics: pods that show the certificate of the Secret mirror-metrics, or, with basic authentication, a credential of
 * their own.
 */
export interface MetricsProps {
  /**
   * The pods that they are scraped from: a namespace, and the labels of the pods where others live there too.
   *
   * @minItems 1
   */
  readonly from: ScraperProps[];

  /**
   * Name of a Secret (type kubernetes.io/basic-auth) in the mirror's namespace whose user may read the metrics. Needed with
   * basic authentication alone, where scrapers have no certificate: the mirror's own credential would let them read images.
   *
   * @default - none: scrapers show a certificate
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as mirror-metrics-credential
   * @maxLength 253
   */
  readonly credentialSecret?: string;
}

/** Pods of a namespace that scrape the metrics. */
export interface ScraperProps {
  /**
   * Their namespace.
   *
   * @pattern ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
   * @patternErrorMessage expected a DNS label: at most 63 lower-case letters, digits and '-', with a letter or digit at
   * both ends
   */
  readonly namespace: string;

  /**
   * Labels that they have, all of them.
   *
   * @default - every pod of the namespace
   */
  readonly podLabels?: { readonly [label: string]: string };
}
