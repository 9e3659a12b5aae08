import type { GuardProps } from './guard-props';

/** Keeps others from asking an issuer for the mirror's identities. */
export interface CertificateGuardProps extends GuardProps {
  /**
   * Whether the mirror's Certificates are made known to approver-policy, for clusters on which it is installed instead of
   * cert-manager's own approver: a CertificateRequestPolicy for each. Only with `authentication.mutualTls.issuer`.
   *
   * @default false
   */
  readonly approverPolicy?: boolean;
}
