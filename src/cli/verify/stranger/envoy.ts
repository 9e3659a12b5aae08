const FILTERS = 'type.googleapis.com/envoy.extensions.filters';
const TLS = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext';
const STDOUT = 'type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog';

/** Where the stranger's own Envoy listens, in its pod alone. */
export const CLIENT_PORT = 8081;

/** Headers that tell it what to do. */
export const headers = { id: 'x-id', tls: 'x-tls', address: 'x-envoy-original-dst-host' };

const PATIENCE = { connect: '3s', answer: '6s' };

/**
 * Envoy as a client for HTTP and HTTPS: Envoy's image has no other. It dials the address in a header, without a certificate of its own, believes
 * every server, and prints a line of JSON for each request. It knows TLS 1.2, in which a server that demands a certificate says so in the handshake.
 */
export function client(): object {
  return {
    static_resources: {
      listeners: [
        {
          name: 'client',
          address: { socket_address: { address: '127.0.0.1', port_value: CLIENT_PORT } },
          filter_chains: [{ filters: [{ name: 'manager', typed_config: manager() }] }],
        },
      ],
      clusters: [
        cluster('plain', {}),
        cluster('tls', { transport_socket: { name: 'tls', typed_config: { '@type': TLS } } }),
      ],
    },
  };
}

function manager(): object {
  const route = { timeout: PATIENCE.answer };
  return {
    '@type': `${FILTERS}.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: 'client',
    http_filters: [{ name: 'router', typed_config: { '@type': `${FILTERS}.http.router.v3.Router` } }],
    route_config: {
      virtual_hosts: [
        {
          name: 'all',
          domains: ['*'],
          routes: [
            {
              match: { prefix: '/', headers: [{ name: headers.tls, present_match: true }] },
              route: { ...route, cluster: 'tls' },
            },
            { match: { prefix: '/' }, route: { ...route, cluster: 'plain' } },
          ],
        },
      ],
    },
    access_log: [{ name: 'stdout', typed_config: { '@type': STDOUT, log_format: { json_format: LINE } } }],
  };
}

const LINE = {
  id: `%REQ(${headers.id})%`,
  status: '%RESPONSE_CODE%',
  details: '%RESPONSE_CODE_DETAILS%',
  failure: '%UPSTREAM_TRANSPORT_FAILURE_REASON%',
  bytes: '%BYTES_SENT%',
};

function cluster(name: string, more: object): object {
  return {
    name,
    type: 'ORIGINAL_DST',
    lb_policy: 'CLUSTER_PROVIDED',
    original_dst_lb_config: { use_http_header: true },
    connect_timeout: PATIENCE.connect,
    ...more,
  };
}
