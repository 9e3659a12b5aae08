/**
 * An identity is the URI SAN of a certificate. A listener accepts one identity only, so a certificate stolen from a node opens the
 * entry but makes nobody a peer.
 */
export enum Identity {
  /** A mirror towards other mirrors. */
  PEER = 'peer',
  /** A node's containerd. */
  NODE = 'node',
  /** The server side of the entry and of the metrics. */
  SERVER = 'server',
  /** A scraper of metrics. */
  METRICS = 'metrics',
}

/** The URI SANs of one stack. */
export interface TrustDomain {
  /** Host part of the URI SANs. */
  readonly name: string;
  /** Namespace of the mirror. */
  readonly namespace: string;
}

/**
 * The URI SAN of an identity, in the form of a SPIFFE ID.
 *
 * @param domain the stack's URI SANs
 * @param identity who
 */
export function uriSan(domain: TrustDomain, identity: Identity): string {
  return `spiffe://${domain.name}/ns/${domain.namespace}/${identity}`;
}
