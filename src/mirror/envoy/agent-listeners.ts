import { handedFile } from '../contract/folders';
import { ports } from '../contract/ports';
import { BUFFER_BYTES, type Extension, type Listener, socket } from './envoy';
import { httpConnectionManager, method } from './http';

/** Path of the counters that the node agent reads. */
export const COUNTS_PATH = '/counts';

/** Who still shows an old credential, and whether peers refuse the new one. */
const COUNTERS = '^(http[.](entry|peers)[.]rbac[.]old_.*shadow_allowed|cluster[.]peer-registry[.]upstream_rq_401)$';

/**
 * Between the proxy and the node agent, on the pod's loopback: a few counters, by which the agent knows whether a rotation may go on,
 * and the agent's own report, which the metrics door leads to.
 */
export function agentListeners(): Listener[] {
  // A query would be passed on.
  const whole = { name: ':path', string_match: { safe_regex: { regex: COUNTS_PATH } } };
  const match = { path: COUNTS_PATH, headers: [method('GET'), whole] };
  const query = `/stats?type=Counters&filter=${encodeURIComponent(COUNTERS)}`;
  return [
    loopback(
      'agent-counts',
      ports.agent.counts,
      httpConnectionManager({
        name: 'agent-counts',
        routes: [{ match, route: { cluster: 'admin', timeout: '5s', prefix_rewrite: query } }],
      }),
    ),
    loopback(
      'agent-report',
      ports.agent.report,
      httpConnectionManager({
        name: 'agent-report',
        routes: { route_config_name: 'report', config_source: handedFile('report') },
      }),
    ),
  ];
}

function loopback(name: string, port: number, filter: Extension): Listener {
  return {
    name,
    address: socket('127.0.0.1', port),
    per_connection_buffer_limit_bytes: BUFFER_BYTES,
    listener_filters_timeout: '5s',
    filter_chains: [{ filters: [filter] }],
  };
}
