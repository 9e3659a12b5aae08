import type { IAuthentication } from '../authentication/authentication';
import { ports } from '../contract/ports';
import { tcpProxy } from './doors';
import { httpConnectionManager } from './http';
import { BUFFER_BYTES, type Extension, extension, type Listener, socket } from './types';

/**
 * The only door out: the redirect brings here what Spegel dials at a peer's registry or router. The original address is dialled
 * instead, at the door of the peer's proxy. Spegel sends an Authorization header even without a credential: it ends here.
 *
 * @param authentication how the proxy shows peers who it is
 * @param dualStack whether pods have IPv6 addresses too
 */
export function egressListeners(authentication: IAuthentication, dualStack: boolean): Listener[] {
  const registry = httpConnectionManager({
    name: 'egress-registry',
    filters: [withoutAuthorization(), ...authentication.present().httpFilters],
    routes: [{ match: { prefix: '/' }, route: { cluster: 'peer-registry', timeout: '0s' } }],
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

function withoutAuthorization(): Extension {
  const type = 'envoy.extensions.filters.http.header_mutation.v3.HeaderMutation';
  return extension('envoy.filters.http.header_mutation', type, {
    mutations: { request_mutations: [{ remove: 'authorization' }] },
  });
}
