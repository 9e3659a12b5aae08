import type { AuthenticationMethod } from './props/authentication-props';
import type { ExternalCredentialProps } from './props/basic-props';
import type { CertificatePolicyProps } from './props/certificate-policy-props';
import type { IssuerReference } from './props/issuer-props';
import type { CertificateSecretsProps, TrustProps } from './props/mutual-tls-props';

/** How nodes and mirrors prove who they are. */
export interface ResolvedAuthentication {
  readonly mutualTls?: ResolvedMutualTls;
  readonly basic?: ResolvedBasic;
  /** The method that mirrors use towards peers, and containerd towards the entry. */
  readonly present: AuthenticationMethod;
  readonly permissive: boolean;
  /** Secrets and bundle that pods mount with every method, so that a move from one to the other replaces no pod. */
  readonly mounted: ResolvedMounts;
  /** Seconds until a changed Secret has reached every node. */
  readonly propagationSeconds: number;
}

/** Secrets and the bundle that the mirror's pods mount, by their names. */
export interface ResolvedMounts {
  /** Secrets of the certificates. */
  readonly secrets: Required<CertificateSecretsProps>;
  /** Secret of the credential. */
  readonly credential: string;
  /** Secret of the credential of scrapers. */
  readonly metricsCredential: string;
  /** Bundle of CA certificates; the ca.crt beside each certificate when undefined. */
  readonly trust?: TrustProps & Required<Pick<TrustProps, 'key'>>;
}

/** Mutual TLS. */
export interface ResolvedMutualTls {
  /** Who signs; the user makes the certificates when undefined. */
  readonly issuer?: ResolvedIssuer;
  readonly certificates: ResolvedCertificates;
  readonly trustDomain: string;
}

/** An issuer of cert-manager. */
export interface ResolvedIssuer {
  /** Secret of the CA that the stack makes this issuer of; the issuer exists when undefined. */
  readonly caSecret?: string;
  readonly ref: Required<IssuerReference>;
}

/** What cert-manager is asked for. */
export type ResolvedCertificates = CertificatePolicyProps &
  Required<Pick<CertificatePolicyProps, 'duration' | 'renewBefore' | 'keyAlgorithm'>>;

/** Basic authentication. */
export interface ResolvedBasic {
  /** Store that the credential comes from; the user makes its Secret when undefined. */
  readonly externalSecret?: Required<ExternalCredentialProps>;
}
