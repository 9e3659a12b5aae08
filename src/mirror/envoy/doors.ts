import { Door, type IAuthentication, type WayIn } from '../authentication/authentication';
import { CONNECTION_DURATION, type HttpOptions, httpConnectionManager } from './http';
import { BUFFER_BYTES, type Extension, extension, type FilterChain, type Listener, socket } from './types';

/**
 * Every listener on the pod's address is made here: without a way in that `authentication` gives, it takes no connection at all.
 *
 * @param authentication who may come in
 * @param door the listener
 * @param address address to listen on: 0.0.0.0 or ::
 * @param port port to listen on
 * @param networkFilter what is behind a way in, given that way
 */
function door(
  authentication: IAuthentication,
  door: Door,
  address: string,
  port: number,
  networkFilter: (way: WayIn) => Extension,
): Listener {
  return {
    name: door,
    address: socket(address, port),
    per_connection_buffer_limit_bytes: BUFFER_BYTES,
    listener_filters_timeout: '5s',
    // Always there, so that a change of the ways in leaves the listener in place.
    listener_filters: [
      extension(
        'envoy.filters.listener.tls_inspector',
        'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
      ),
    ],
    filter_chains: authentication.accept(door).map(
      (way): FilterChain => ({
        name: way.name,
        filter_chain_match: way.match,
        ...(way.transportSocket ? { transport_socket: way.transportSocket } : {}),
        // Who connects and says nothing is cut off.
        transport_socket_connect_timeout: '5s',
        filters: [networkFilter(way)],
      }),
    ),
  };
}

/** Where a door listens. */
export interface DoorOptions {
  /** Who may come in. */
  readonly authentication: IAuthentication;
  /** Address to listen on. */
  readonly address: string;
  /** Port to listen on. */
  readonly port: number;
}

/** A door that leads to routes. */
export function httpDoor(name: Door, options: DoorOptions, http: HttpOptions): Listener {
  return door(options.authentication, name, options.address, options.port, ({ httpFilters, accessLog }) =>
    httpConnectionManager({ ...http, filters: [...httpFilters, ...(http.filters ?? [])], accessLog }),
  );
}

/** A door that leads to one TCP address. */
export function tcpDoor(name: Door, options: DoorOptions, cluster: string): Listener {
  return door(options.authentication, name, options.address, options.port, ({ httpFilters }) => {
    if (httpFilters.length > 0) {
      throw new Error(
        `the way in through ${name} needs HTTP filters (got ${httpFilters.length}), but it carries plain TCP`,
      );
    }
    // Until the handshake is over nothing is dialled: a stranger would open connections to the router, if to no avail.
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

export { Door };
