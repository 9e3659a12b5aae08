import { ENVOY_UID, ports } from '../contract/ports';

/** What the redirect depends on. */
export interface RedirectOptions {
  /** Connections that one source address may hold open to the doors for peers. */
  readonly connectionsPerSource: number;
  /** Whether what comes in for Spegel's registry, from those who know it from a plain Spegel, is led to the door for peers. */
  readonly permissive: boolean;
  /** Address family of the rules. */
  readonly family: 'IPv4' | 'IPv6';
}

/**
 * Rules of the pod's network namespace, as iptables-restore reads them. What Spegel dials at peers goes to the proxy's egress, and
 * what comes in for Spegel's router to the proxy's door. Should these rules be lost, peers refuse what is dialled, and the router is
 * rejected to all but loopback: nothing is ever in plain on the wire.
 *
 * @param options what the rules depend on
 */
export function redirectRules(options: RedirectOptions): string {
  const { listeners, egress, spegel } = ports;
  const [loopback, mask] = options.family === 'IPv4' ? ['127.0.0.0/8', 32] : ['::1/128', 128];
  const perSource = `-m connlimit --connlimit-above ${options.connectionsPerSource} --connlimit-mask ${mask}`;
  const toPeers = (dialled: number, port: number) =>
    `-A OUTPUT -p tcp --dport ${dialled} ! -d ${loopback} -m owner ! --uid-owner ${ENVOY_UID} -j REDIRECT --to-ports ${port}`;
  const limited = (port: number) =>
    `-A INPUT -p tcp --syn --dport ${port} ${perSource} -j REJECT --reject-with tcp-reset`;
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
    limited(listeners.peers),
    limited(listeners.router),
    'COMMIT',
  ];
  return `${lines.join('\n')}\n`;
}
