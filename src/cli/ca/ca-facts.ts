import type { TrustSource } from '../shared/stack';
import type { IssuerRef } from './cert-manager';
import type { Authority } from './certificates';

/** What is known of a stack's CAs. */
export interface CaFacts {
  readonly now: Date;
  /** All CAs that were found anywhere. */
  readonly authorities: Authority[];
  /**
   * The bundle that the stack was given.
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
  /** Fingerprints of what is in it, in its order. */
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
  /** Whether the mirror's pods hold it. */
  readonly held: boolean;
  /** Who it says has signed it. */
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
   * Where its CA is.
   *
   * @default - it has none that can be read
   */
  readonly secret?: { readonly namespace?: string; readonly name: string };
  /**
   * Fingerprints of its CA and of those that vouch for that.
   *
   * @default - they are not known
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
  /** Ids of the CAs that it trusts. */
  readonly trusts: string[];
  /** Fingerprints of the certificates in its pod. */
  readonly holds: string[];
  /** Generation of the identity that its containerd uses. */
  readonly generation?: string;
  /** Why it says nothing. */
  readonly silence?: string;
}

/** Where a change of CA stands. */
export interface CaVerdict {
  readonly step: 'none' | 'steady' | 'bundle' | 'leaf' | 'drop';
  /** Whether the next step may be taken now. */
  readonly safe: boolean;
  /** What comes next, in words. */
  readonly next: string;
  /** What is to be typed for it. */
  readonly advice?: Advice;
  /** What is wrong, the worst first. */
  readonly problems: readonly string[];
  /** What is good to know. */
  readonly notes: readonly string[];
}

/** What is to be done. */
export type Advice =
  | { readonly kind: 'give' }
  | { readonly kind: 'add'; readonly missing: string }
  | { readonly kind: 'issue'; readonly by: Authority }
  | { readonly kind: 'reissue'; readonly leafs: LeafFacts[]; readonly by?: Authority }
  | { readonly kind: 'drop'; readonly keep: Authority };

/** The certificates that there are. */
export function leafsOf({ leafs }: CaFacts): LeafFacts[] {
  return leafs.filter(({ fingerprint }) => fingerprint !== undefined);
}

/** What all of some sets have in common. */
export function common(sets: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = sets;
  return first.filter((element) => others.every((set) => set.includes(element)));
}
