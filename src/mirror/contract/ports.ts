/** Ports of the mirror's pod. Only those of `doors` are reached from outside of it. */
export const ports = {
  /** Doors: listeners of the proxy on the pod's address. */
  doors: { peers: 5443, router: 5444, entry: 5445, health: 5003, metrics: 5004 },
  /** Where the redirect sends what Spegel dials; on loopback. */
  egress: { registry: 15001, router: 15002 },
  /** Between the proxy and the node agent, on loopback: counters that the agent reads, and its own report. */
  agent: { counts: 15003, report: 15004 },
  /** Spegel's own. The router listens on every address, or it has none to advertise; the redirect covers it. */
  spegel: { registry: 5000, router: 5001, metrics: 9090 },
};

/** User and group of Envoy in its official image; the redirect lets only this user reach peers. */
export const ENVOY_UID = 101;
