/** An issuer of cert-manager: either one made in the mirror's namespace from your CA, or one that you name. */
export interface IssuerProps {
  /**
   * Name of a Secret (type kubernetes.io/tls) in the mirror's namespace that holds the certificate and the key of your CA. An
   * Issuer is made of it, usable in that namespace only.
   *
   * @default - `ref` is used
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as mirror-ca
   * @maxLength 253
   */
  readonly caSecret?: string;

  /**
   * An existing issuer. It must sign URI SANs and the entry's address, which no ACME server does: see docs/issuers.md.
   *
   * @default - `caSecret` is used
   */
  readonly ref?: IssuerReference;
}

/** An existing issuer. */
export interface IssuerReference {
  /**
   * Its name.
   *
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as mirror-ca
   * @maxLength 253
   */
  readonly name: string;

  /**
   * Its kind. An Issuer must be in the mirror's namespace; other issuers have kinds of their own.
   *
   * @default Issuer
   * @pattern ^[A-Z][A-Za-z0-9]*$
   * @patternErrorMessage expected a kind, such as Issuer or ClusterIssuer
   * @maxLength 63
   */
  readonly kind?: string;

  /**
   * Its API group.
   *
   * @default cert-manager.io
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected an API group, such as cert-manager.io
   * @maxLength 253
   */
  readonly group?: string;
}
