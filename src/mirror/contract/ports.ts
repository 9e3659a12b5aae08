/** Ports of the mirror's pod. Other hosts reach only the ports of `listeners`. */
export const ports = {
  /** Listeners of the proxy on the pod's address. */
  listeners: { peers: 5443, router: 5444, entry: 5445, health: 5003, metrics: 5004 },
  /** The redirect leads Spegel's connections to peers here; on loopback. */
  egress: { registry: 15001, router: 15002 },
  /** Between the proxy and the node agent, on loopback: counters that the agent reads, and its own report. */
  agent: { counters: 15003, report: 15004 },
  /** Spegel's own. The router listens on every address, or it has none to advertise; the redirect covers it. */
  spegel: { registry: 5000, router: 5001, metrics: 9090 },
};

/** User and group of Envoy in its official image; the redirect lets only this user reach peers. */
export const ENVOY_UID = 101;
