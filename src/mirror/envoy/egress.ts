import { ports } from '../contract/ports';
import { tcpProxy } from './authenticated-listeners';
import { markedRoute } from './direct-path';
import { httpConnectionManager, withoutHeaders } from './http';
import { peerLog } from './peer-log';
import { BUFFER_BYTES, type Extension, extension, type Listener, socket } from './types';

/**
 * The only listeners for connections out of the pod: the redirect brings here each connection that Spegel makes to a peer's registry
 * or router. Envoy dials the original address, at the listener of the peer's proxy. Spegel sends an Authorization header even without a
 * credential: it ends here.
 *
 * @param dualStack whether pods have IPv6 addresses too
 */
export function egressListeners(dualStack: boolean): Listener[] {
  const registry = httpConnectionManager({
    name: 'egress-registry',
    filters: [
      withoutHeaders('request_mutations', 'authorization'),
      // Spegel would follow a redirect, or ask the token service that a challenge names: at any address, past this listener.
      withoutHeaders('response_mutations', 'location', 'www-authenticate'),
    ],
    routes: [markedRoute(), { match: { prefix: '/' }, route: { cluster: 'peer-registry', timeout: '0s' } }],
    // The original destination: also known when nobody answers there.
    accessLogs: [peerLog('%DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT%')],
  });
  return [
    egress('egress-registry', ports.egress.registry, registry, dualStack),
    egress('egress-router', ports.egress.router, tcpProxy('egress-router', 'peer-router'), dualStack),
  ];
}

function egress(name: string, port: number, filter: Extension, dualStack: boolean): Listener {
  const type = 'envoy.extensions.filters.listener.original_dst.v3.OriginalDst';
  return {
    name,
    address: socket('127.0.0.1', port),
    ...(dualStack ? { additional_addresses: [{ address: socket('::1', port) }] } : {}),
    per_connection_buffer_limit_bytes: BUFFER_BYTES,
    listener_filters_timeout: '5s',
    listener_filters: [extension('envoy.filters.listener.original_dst', type)],
    filter_chains: [{ filters: [filter] }],
  };
}
