import type { TrustSource } from '../kubectl/stack';
import type { Finding } from '../shared/finding';
import type { IssuerRef } from './cert-manager';
import type { Authority } from './certificates';

/** Facts about a stack's CAs. */
export interface CaFacts {
  readonly now: Date;
  /** All CAs, wherever the command found them. */
  readonly authorities: Authority[];
  /**
   * The bundle of the stack.
   *
   * @default - none: each certificate's own ca.crt is trusted
   */
  readonly bundle?: BundleFacts;
  readonly leafs: LeafFacts[];
  /**
   * Who signs from now on.
   *
   * @default - certificates are the user's own
   */
  readonly issuer?: IssuerFacts;
  readonly nodes: CaNode[];
}

/** The bundle of CAs. */
export interface BundleFacts extends TrustSource {
  /** Fingerprints of its certificates, in its order. */
  readonly trusts: string[];
  /**
   * Name of the Bundle of trust-manager that keeps it.
   *
   * @default - the user keeps it
   */
  readonly keeper?: string;
}

/** A certificate in use. */
export interface LeafFacts {
  /** peer, server, node or metrics. */
  readonly identity: string;
  readonly secret: string;
  /**
   * Its fingerprint.
   *
   * @default - the Secret holds no certificate
   */
  readonly fingerprint?: string;
  /** Whether the mirror's pods mount it. */
  readonly held: boolean;
  /** The issuer that it names. */
  readonly issuedBy: string;
  /** Fingerprints of the CAs that vouch for it. */
  readonly signers: string[];
  /**
   * The Certificate of cert-manager that it comes from.
   *
   * @default - it is the user's own
   */
  readonly certificate?: string;
}

/** Who signs from now on. */
export interface IssuerFacts extends IssuerRef {
  /**
   * The Secret of its CA.
   *
   * @default - it has no readable one
   */
  readonly secret?: { readonly namespace?: string; readonly name: string };
  /**
   * Fingerprints of its CA and of the CAs that vouch for this one.
   *
   * @default - unknown
   */
  readonly signers?: string[];
  /**
   * Whether it signs by ACME.
   *
   * @default false
   */
  readonly acme?: boolean;
}

/** A node with a mirror. */
export interface CaNode {
  readonly node: string;
  /** Ids of its trusted CAs. */
  readonly trusts: string[];
  /** Fingerprints of the certificates in its pod. */
  readonly holds: string[];
  /** Version of the identity that its containerd uses. */
  readonly version?: string;
  /** Why it has no report. */
  readonly silence?: string;
}

/** Where a change of CA stands. */
export interface CaVerdict {
  readonly step: 'none' | 'steady' | 'bundle' | 'leaf' | 'drop';
  /** Whether you may take the next step now. */
  readonly safe: boolean;
  /** The next step, in words. */
  readonly next: string;
  /** The commands for it, in short. */
  readonly advice?: Advice;
  /** Problems and notes, the worst first. */
  readonly findings: readonly Finding[];
}

/** The kind of the next step. */
export type Advice =
  | { readonly kind: 'give' }
  | { readonly kind: 'add'; readonly missing: string }
  | { readonly kind: 'issue'; readonly by: Authority }
  | { readonly kind: 'reissue'; readonly leafs: LeafFacts[]; readonly by?: Authority }
  | { readonly kind: 'drop'; readonly keep: Authority };

/** The existing certificates. */
export function leafsOf({ leafs }: CaFacts): LeafFacts[] {
  return leafs.filter(({ fingerprint }) => fingerprint !== undefined);
}

/** The elements that all sets have in common. */
export function common(sets: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = sets;
  return first.filter((element) => others.every((set) => set.includes(element)));
}
