/**
 * What the proxy logs of each request to a peer, of Spegel's and of containerd's on the direct path, as a line of JSON. It names content by its digest and never by its repository, so a reader of
 * logs learns no name of a private image.
 */
export interface PeerRequest {
  /** Address of the peer's pod. */
  readonly peer: string;
  /** Digest of what the peer sent; null when it sent none. */
  readonly content: string | null;
  /** Number of the proxy's connection to the peer; 0 when there came none. */
  readonly connection: number;
  /** Status of the answer, which is the proxy's own when the peer gave none; 0 when the caller did not wait for one. */
  readonly status: number;
  /** Bytes of content that went on to the caller; none for a lookup by HEAD. */
  readonly bytes: number;
  /** Envoy's flags of the answer (https://www.envoyproxy.io/docs/envoy/v1.40.0/configuration/observability/access_log/usage); `-` when it has none. */
  readonly flags: string;
  /** Why there is no connection, in Envoy's words, mostly about TLS; null when there is one. */
  readonly failure: string | null;
}
