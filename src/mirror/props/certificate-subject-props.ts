/** A subject of X.509, for issuers that want one. Nobody is known by it: identities are URI SANs. */
export interface CertificateSubjectProps {
  /**
   * Organisations (O), each of at most 64 characters.
   *
   * @minItems 1
   * @default - none
   */
  readonly organizations?: string[];

  /**
   * Organisational units (OU), each of at most 64 characters.
   *
   * @minItems 1
   * @default - none
   */
  readonly organizationalUnits?: string[];

  /**
   * Countries (C), each as two capital letters (ISO 3166), such as DE.
   *
   * @minItems 1
   * @default - none
   */
  readonly countries?: string[];

  /**
   * States or provinces (ST), each of at most 128 characters.
   *
   * @minItems 1
   * @default - none
   */
  readonly provinces?: string[];

  /**
   * Localities (L), such as cities, each of at most 128 characters.
   *
   * @minItems 1
   * @default - none
   */
  readonly localities?: string[];

  /**
   * Street addresses, each of at most 128 characters.
   *
   * @minItems 1
   * @default - none
   */
  readonly streetAddresses?: string[];

  /**
   * Postal codes, each of at most 40 characters. One of digits alone stands in quotes in YAML.
   *
   * @minItems 1
   * @default - none
   */
  readonly postalCodes?: string[];

  /**
   * Serial number of the subject, not of the certificate: at most 64 ASCII characters.
   *
   * @pattern ^[ -~]+$
   * @patternErrorMessage expected a text of printable ASCII characters, such as 4711
   * @maxLength 64
   * @default - none
   */
  readonly serialNumber?: string;
}
