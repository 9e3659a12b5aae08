/** Request header in which the proxy notes the user name after it checked the password. */
export const USER_HEADER = 'x-mirror-user';

/** Paths of the health listener. */
export const healthPaths = {
  /** Spegel is connected to peers. */
  ready: '/readyz',
  /** Spegel answers. */
  spegelAlive: '/livez',
  /** The proxy answers. */
  proxyAlive: '/healthz',
};

/** Path at which the proxy tells, for the node agent, whether the settings of every registry name the mirror: 200, or else 503. */
export const PUBLISHED_PATH = '/published';

/** Paths of the metrics listener. */
export const metricsPaths = { spegel: '/metrics', proxy: '/metrics/proxy', agent: '/metrics/agent' };

/** Path of the counters that the node agent reads. */
export const COUNTERS_PATH = '/counts';

/** Name of the listener with the counters that the node agent reads. */
export const COUNTERS_LISTENER = 'agent-counts';

/** Prefix of Envoy's statistics about requests with an older version of the credential. */
export const OLD_PREFIX = 'old_';

/** Prefix of Envoy's statistics about requests at the entry, by registry. */
export const ASKED_PREFIX = 'asked_';

const ASKED = `http.entry.rbac.${ASKED_PREFIX}`;

/** Envoy's counters of which the node agent makes metrics, by their names. */
export const usageCounters = {
  /** Requests of the node's containerd for a registry that the stack lists: its name stands between both. */
  requests: { before: `${ASKED}.policy.`, after: '.shadow_allowed' },
  /** Requests for all other registries. */
  otherRequests: `${ASKED}.shadow_denied`,
  /** Bytes from peers: bodies and headers. */
  peerBytes: 'cluster.peer-registry.upstream_cx_rx_bytes_total',
  /** Bytes to peers. */
  servedBytes: 'http.peers.downstream_cx_tx_bytes_total',
  /** Bytes to the node's containerd. */
  entryBytes: 'http.entry.downstream_cx_tx_bytes_total',
  /** Connections for these counters: at least one more in each answer, but for those after a restart. */
  answers: `http.${COUNTERS_LISTENER}.downstream_cx_total`,
};

/** The two sums that the node agent makes of Envoy's counters, each as the end of the counters' names: an extended regular expression. */
export const counters = {
  /** Requests with an older version of the credential. */
  old: `rbac[.]${OLD_PREFIX}.*shadow_allowed`,
  /** Requests that a peer refused. */
  refused: 'cluster[.]peer-registry[.]upstream_rq_401',
};
