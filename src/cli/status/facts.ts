import type { NodeFacts } from './nodes';

/** Facts about a stack's state. */
export interface StatusFacts {
  readonly now: Date;
  /** How many nodes should have a mirror. */
  readonly scheduled: number;
  readonly nodes: NodeFacts[];
  readonly certificates: CertificateFacts[];
  /** Whether the stack serves and counts requests without authentication. */
  readonly permissive: boolean;
}

/** Facts about an identity's certificate. */
export interface CertificateFacts {
  readonly identity: string;
  readonly secret: string;
  /**
   * Its validity.
   *
   * @default - there is no certificate
   */
  readonly valid?: { readonly from: Date; readonly to: Date };
  /**
   * How many hours before its end cert-manager renews it.
   *
   * @default - it is the user's own
   */
  readonly renewBefore?: number;
  /**
   * Its issuer, if that signs by ACME.
   *
   * @default - it does not
   */
  readonly acmeIssuer?: string;
}
