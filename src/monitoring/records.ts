/** Names of the series that the recording rules make, by which alerts and dashboard read them. */
export const records = {
  /** Share of the bytes from peers over 1h, 6h or 7d: its name ends with the time. */
  hitRatio: 'secured_mirror:hit:ratio_rate',
  /** Refusals a second by listener and reason. */
  refusals: 'secured_mirror:refusals:rate5m',
  /** Share of its life that a certificate has left. */
  certificateLeft: 'secured_mirror:certificate_left:ratio',
  /** Time that the first trusted CA has left. */
  caLeft: 'secured_mirror:ca_left:seconds',
  /** How many CAs are trusted. */
  trustedCas: 'secured_mirror:trusted_cas:count',
  /** How much of a limit a proxy uses. */
  proxyUsed: 'secured_mirror:proxy_used:ratio',
  /** Share of its life that a token has left. */
  tokenLeft: 'secured_mirror:token_left:ratio',
  /** Time that a shared account has left. */
  accountLeft: 'secured_mirror:shared_account_left:seconds',
};
