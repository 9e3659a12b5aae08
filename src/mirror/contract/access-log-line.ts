/** What became of a request: the whole answer was sent, Spegel found nothing, the proxy refused it, or there was no answer or a part of one. */
export type Verdict = 'served' | 'not found' | 'refused' | 'failed';

/** What the proxy logs of each request with `accessLog`, as a line of JSON. No header that a caller chooses is in it, and of a path only what is the name of content. */
export interface AccessLogLine {
  /** When the request began, in UTC. */
  readonly time: string;
  /** Node whose mirror was asked; `-` in a pod that does not know it. */
  readonly node: string;
  /** Who asks there: a node's own containerd (`entry`), or another mirror (`peers`). */
  readonly listener: 'entry' | 'peers';
  readonly verdict: Verdict;
  /** Envoy's word for who answered and why (https://www.envoyproxy.io/docs/envoy/v1.40.0/configuration/http/http_conn_man/response_code_details). */
  readonly reason: string | null;
  /** How callers authenticate themselves on this connection: `mutual-tls`, `basic`, or `permissive` for not at all. */
  readonly authentication: string;
  /** URI in the caller's certificate; null without one. */
  readonly identity: string | null;
  /** `old` when the caller showed an older version of the credential, in a rotation; null otherwise. */
  readonly credential: 'old' | null;
  /** Address that the connection comes from. */
  readonly source: string;
  /** GET, HEAD or another, of which nothing is longer than ten characters. */
  readonly method: string | null;
  /** Registry that the request names; null when it names none, or has no form that a mirror could serve. */
  readonly registry: string | null;
  /** Repository that the request names. */
  readonly repository: string | null;
  /** Digest or tag that the request names. */
  readonly reference: string | null;
  /** Digest of what was sent, in Spegel's or the peer's words; null when they sent none. */
  readonly content: string | null;
  /** Address of the peer that sent it on the direct path; null for all else. */
  readonly peer: string | null;
  /** Status that the caller got; 0 when he did not wait for one. */
  readonly status: number;
  /** Bytes of content that went to the caller; none for HEAD. */
  readonly bytes: number;
  /** Envoy's flags of the answer; `-` when it is whole. */
  readonly flags: string;
  /** Milliseconds from the request to the last byte. */
  readonly duration: number;
}
