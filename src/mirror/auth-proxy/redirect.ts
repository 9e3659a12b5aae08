import { ENVOY_UID, ports } from '../contract/ports';

/** The settings of the redirect's rules. */
export interface RedirectOptions {
  /** Connections that one source address may hold open to the listeners for peers, and to that for metrics. */
  readonly connectionsPerSource: number;
  /** Connections that one source address may hold open to the entry. */
  readonly entryConnections: number;
  /** Whether connections to Spegel's registry, as callers of a plain Spegel make them, go to the listener for peers. */
  readonly permissive: boolean;
  /** Address family of the rules. */
  readonly family: 'IPv4' | 'IPv6';
}

/** New connections to the health listener in a second, and at once. It ends each after a second or two. */
const HEALTH_RATE = 1000;

/**
 * Rules of the pod's network namespace, as iptables-restore reads them. Spegel's connections to peers go to the proxy's egress, and
 * connections to Spegel's router to the proxy's listener. If these rules are lost, peers refuse the connections, and the router rejects
 * all but loopback: nothing is ever in plain on the wire.
 *
 * @param options the settings
 */
export function redirectRules(options: RedirectOptions): string {
  const { listeners, egress, spegel } = ports;
  const [loopback, mask] = options.family === 'IPv4' ? ['127.0.0.0/8', 32] : ['::1/128', 128];
  const toPeers = (dialled: number, port: number) =>
    `-A OUTPUT -p tcp --dport ${dialled} ! -d ${loopback} -m owner ! --uid-owner ${ENVOY_UID} -j REDIRECT --to-ports ${port}`;
  const limited = (port: number, connections: number) =>
    `-A INPUT -p tcp --syn --dport ${port} -m connlimit --connlimit-above ${connections} --connlimit-mask ${mask} -j REJECT --reject-with tcp-reset`;
  const lines = [
    '*nat',
    toPeers(spegel.registry, egress.registry),
    toPeers(spegel.router, egress.router),
    `-A PREROUTING -p tcp --dport ${spegel.router} -j REDIRECT --to-ports ${listeners.router}`,
    ...(options.permissive
      ? [`-A PREROUTING -p tcp --dport ${spegel.registry} -j REDIRECT --to-ports ${listeners.peers}`]
      : []),
    'COMMIT',
    '*filter',
    `-A INPUT ! -i lo -p tcp --dport ${spegel.router} -j REJECT --reject-with tcp-reset`,
    limited(listeners.peers, options.connectionsPerSource),
    limited(listeners.router, options.connectionsPerSource),
    limited(listeners.metrics, options.connectionsPerSource),
    limited(listeners.entry, options.entryConnections),
    // The kubelet and a hostile process of its node have the same address, so a number of connections would be easy to use up. The filter drops
    // packets over the rate, and the kernel of a caller sends them again.
    `-A INPUT -p tcp --syn --dport ${listeners.health} -m limit --limit ${HEALTH_RATE}/sec --limit-burst ${HEALTH_RATE} -j RETURN`,
    `-A INPUT -p tcp --syn --dport ${listeners.health} -j DROP`,
    'COMMIT',
  ];
  return `${lines.join('\n')}\n`;
}
