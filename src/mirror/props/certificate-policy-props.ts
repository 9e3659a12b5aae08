import type { CertificateSubjectProps } from './certificate-subject-props';

/** What cert-manager is asked for. */
export interface CertificatePolicyProps {
  /**
   * How long a certificate is valid, in whole hours: at least 1h.
   *
   * @default 720h
   * @pattern ^[1-9][0-9]{0,5}h$
   * @patternErrorMessage expected a number of whole hours, such as 720h
   */
  readonly duration?: string;

  /**
   * How long before its end it is renewed, in whole hours: less than the duration. It must leave time to notice and to mend failed
   * renewals.
   *
   * @default - 240h, or a third of the duration, whichever is less
   * @pattern ^[1-9][0-9]{0,5}h$
   * @patternErrorMessage expected a number of whole hours, such as 240h
   */
  readonly renewBefore?: string;

  /**
   * Kind and size of the keys. ECDSA-P256 costs the least at each handshake (measured).
   *
   * @default ECDSA-P256
   */
  readonly keyAlgorithm?: KeyAlgorithm;

  /**
   * Domain of the common names, for issuers that refuse a certificate without one, such as Vault and Venafi. Each certificate has a
   * name of its own below it: peer.<commonName>, node.<commonName>, server.<commonName>, metrics.<commonName>. X.509 allows 64 bytes
   * for the whole. It is no identity: those are URI SANs.
   *
   * @default - no common name
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as mirror.example.com
   * @maxLength 56
   */
  readonly commonName?: string;

  /**
   * Other parts of the subject of each certificate, for issuers whose policy demands them.
   *
   * @default - nothing
   */
  readonly subject?: CertificateSubjectProps;
}

/** Kinds and sizes of keys that Envoy and containerd both take. */
export type KeyAlgorithm = 'ECDSA-P256' | 'ECDSA-P384' | 'RSA-2048' | 'RSA-3072' | 'RSA-4096';
