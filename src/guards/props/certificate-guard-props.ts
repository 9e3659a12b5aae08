import type { GuardProps } from './guard-props';

/** Keeps others from asking an issuer for the mirror's identities. */
export interface CertificateGuardProps extends GuardProps {
  /**
   * Whether a CertificateRequestPolicy of approver-policy is made too, for clusters on which it is installed.
   *
   * @default false
   */
  readonly approverPolicy?: boolean;
}
