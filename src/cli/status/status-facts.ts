import type { NodeFacts } from './nodes';

/** What is known of a stack's state. */
export interface StatusFacts {
  readonly now: Date;
  /** How many nodes are to have a mirror. */
  readonly wanted: number;
  readonly nodes: NodeFacts[];
  readonly certificates: CertificateFacts[];
  /** Whether requests that show nothing are served and counted. */
  readonly permissive: boolean;
}

/** What is known of an identity's certificate. */
export interface CertificateFacts {
  readonly identity: string;
  readonly secret: string;
  /**
   * Its time.
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

/** One line of a verdict. */
export interface Finding {
  /** `problem` makes the command fail. */
  readonly level: 'ok' | 'warning' | 'problem';
  readonly text: string;
}

export const ok = (text: string): Finding => ({ level: 'ok', text });
export const warning = (text: string): Finding => ({ level: 'warning', text });
export const problem = (text: string): Finding => ({ level: 'problem', text });
