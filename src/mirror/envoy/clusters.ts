import { ADMIN_DIRECTORY } from '../contract/directories';
import { ports } from '../contract/ports';
import { peerAddress } from './direct-path';
import { CONNECTION_DURATION } from './http';
import type { ProxyOptions } from './listeners';
import { type Address, BUFFER_BYTES, type Cluster, extension, FILTERS, socket } from './types';

const HTTP = 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions';

/**
 * For the connection and its TLS handshake. A lost packet is sent again after 1 s, and a node that starts many pods answers late:
 * with 1 s a few of some thousand connections between busy nodes failed (measured).
 */
const PEER_CONNECT_TIMEOUT = '4s';

/**
 * A node that dies says nothing: its connections end 9 s after its last packet, and containerd goes on by itself. The peer's kernel answers, so a
 * peer that is busy or slow stays.
 */
const KEEPALIVE = { keepalive_probes: 3, keepalive_time: 3, keepalive_interval: 2 };

const UNLIMITED = 2 ** 32 - 1;

/** The socket of Envoy's administration interface. */
export const adminSocket: Address = { pipe: { path: `${ADMIN_DIRECTORY}/admin.sock`, mode: 0o600 } };

/** All destinations of the proxy: its own Spegel, and the listeners of peers. */
export function clusters(options: ProxyOptions): Cluster[] {
  const { requests } = options.limits;
  return [
    local('spegel', socket('127.0.0.1', ports.spegel.registry), requestLimit(requests)),
    // Apart, so that probes pass when the mirror is full.
    local('spegel-health', socket('127.0.0.1', ports.spegel.registry), requestLimit(16)),
    local('spegel-metrics', socket('127.0.0.1', ports.spegel.metrics), requestLimit(16)),
    local('router', socket('127.0.0.1', ports.spegel.router), connectionLimit(requests)),
    local('admin', adminSocket, requestLimit(16)),
    local('agent-report', socket('127.0.0.1', ports.agent.report), requestLimit(16)),
    {
      ...peer('peer-registry', ports.listeners.peers, options, requestLimit(requests)),
      // Not for the router, whose connections last: libp2p looks after them itself, and each would cost packets at rest.
      upstream_connection_options: { tcp_keepalive: KEEPALIVE },
      // One cluster for both ways, so that they share connections: a peer takes a limited number from each source.
      original_dst_lb_config: { upstream_port_override: ports.listeners.peers, metadata_key: peerAddress },
      // HTTP/1.1 costs less than HTTP/2 here (measured); connections are pooled.
      typed_extension_protocol_options: {
        [HTTP]: {
          '@type': `type.googleapis.com/${HTTP}`,
          common_http_protocol_options: { idle_timeout: '60s', max_connection_duration: CONNECTION_DURATION },
          explicit_http_config: { http_protocol_options: {} },
          ...upstreamFilters(options),
        },
      },
    },
    peer('peer-router', ports.listeners.router, options, connectionLimit(requests)),
  ];
}

type Limit = Cluster['circuit_breakers'];

function local(name: string, address: Address, limit: Limit): Cluster {
  return {
    name,
    type: 'STATIC',
    connect_timeout: '1s',
    per_connection_buffer_limit_bytes: BUFFER_BYTES,
    circuit_breakers: limit,
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }] },
  };
}

/** Filters that add the credential, whichever listener a request came by. */
function upstreamFilters({ authentication }: ProxyOptions): object {
  const { httpFilters } = authentication.upstream();
  if (httpFilters.length === 0) return {};
  const codec = extension('envoy.filters.http.upstream_codec', `${FILTERS}.upstream_codec.v3.UpstreamCodec`);
  return { http_filters: [...httpFilters, codec] };
}

function peer(name: string, port: number, options: ProxyOptions, limit: Limit): Cluster {
  const { transportSocket } = options.authentication.upstream();
  return {
    name,
    type: 'ORIGINAL_DST',
    lb_policy: 'CLUSTER_PROVIDED',
    original_dst_lb_config: { upstream_port_override: port },
    connect_timeout: PEER_CONNECT_TIMEOUT,
    per_connection_buffer_limit_bytes: BUFFER_BYTES,
    circuit_breakers: limit,
    ...(transportSocket ? { transport_socket: transportSocket } : {}),
  };
}

/**
 * Refuses requests over a number. Envoy queues at its limit of connections, without an end, and refuses at its limit of requests only:
 * so connections have no limit. A request waits for a new connection no longer than `connect_timeout`.
 */
function requestLimit(requests: number): Limit {
  return { thresholds: [{ max_connections: UNLIMITED, max_pending_requests: requests, max_requests: requests }] };
}

/** Refuses connections over a number, for clusters of plain TCP. To Envoy a connection is pending until its handshake ends. */
function connectionLimit(connections: number): Limit {
  return { thresholds: [{ max_connections: connections, max_pending_requests: connections }] };
}
