import { CONNECTION_DURATION, type HttpOptions, httpConnectionManager } from './http';
import type { AuthenticatedFilterChain, AuthenticatedListener, IProxyAuthentication } from './proxy-authentication';
import { BUFFER_BYTES, type Extension, extension, type FilterChain, type Listener, socket } from './types';

/** Where an authenticated listener listens, and for whom. */
export interface ListenerOptions {
  /** Makes its filter chains: without one the listener takes no connection. */
  readonly authentication: IProxyAuthentication;
  /** Address to listen on: 0.0.0.0 or ::. */
  readonly address: string;
  /** Port to listen on. */
  readonly port: number;
}

/** An authenticated listener that leads to routes. */
export function httpListener(name: AuthenticatedListener, options: ListenerOptions, http: HttpOptions): Listener {
  return listener(name, options, ({ httpFilters, accessLog }) =>
    httpConnectionManager({
      ...http,
      filters: [...httpFilters, ...(http.filters ?? [])],
      accessLogs: [...(accessLog ? [accessLog] : []), ...(http.accessLogs ?? [])],
    }),
  );
}

/** An authenticated listener that leads to one TCP address. */
export function tcpListener(name: AuthenticatedListener, options: ListenerOptions, cluster: string): Listener {
  return listener(name, options, ({ httpFilters }) => {
    if (httpFilters.length > 0) {
      throw new Error(
        `the filter chain of ${name} needs HTTP filters (got ${httpFilters.length}), but it carries plain TCP`,
      );
    }
    // Envoy dials only after the handshake: a stranger would open connections to the router, if to no avail.
    return tcpProxy(name, cluster, {
      upstream_connect_mode: 'ON_DOWNSTREAM_TLS_HANDSHAKE',
      max_early_data_bytes: BUFFER_BYTES,
    });
  });
}

/** The network filter that passes bytes on to a cluster. */
export function tcpProxy(name: string, cluster: string, more: object = {}): Extension {
  return extension('envoy.filters.network.tcp_proxy', 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy', {
    stat_prefix: name,
    cluster,
    max_downstream_connection_duration: CONNECTION_DURATION,
    ...more,
  });
}

/** Makes every listener on the pod's address but the health listener. */
function listener(
  name: AuthenticatedListener,
  { authentication, address, port }: ListenerOptions,
  networkFilter: (chain: AuthenticatedFilterChain) => Extension,
): Listener {
  return {
    name,
    address: socket(address, port),
    per_connection_buffer_limit_bytes: BUFFER_BYTES,
    listener_filters_timeout: '5s',
    // In every mode, so that another authentication method leaves the listener in place.
    listener_filters: [
      extension(
        'envoy.filters.listener.tls_inspector',
        'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
      ),
    ],
    filter_chains: authentication.filterChains(name).map(
      (chain): FilterChain => ({
        name: chain.name,
        filter_chain_match: chain.match,
        ...(chain.transportSocket ? { transport_socket: chain.transportSocket } : {}),
        // Envoy cuts off a silent caller.
        transport_socket_connect_timeout: '5s',
        filters: [networkFilter(chain)],
      }),
    ),
  };
}
