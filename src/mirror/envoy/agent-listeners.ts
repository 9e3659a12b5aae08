import { DynamicFile } from '../contract/dynamic-files';
import { ASKED_PREFIX, COUNTERS_LISTENER, COUNTERS_PATH, counters, usageCounters } from '../contract/http';
import { ports } from '../contract/ports';
import { httpConnectionManager, method } from './http';
import { BUFFER_BYTES, dynamicFile, type Extension, type Listener, socket } from './types';

const { peerBytes, servedBytes, entryBytes, answers } = usageCounters;

/** Requests with an old credential, requests that peers refused, requests at the entry by registry, bytes, and answers. */
const COUNTERS = `^(${[
  `http[.](entry|peers)[.]${counters.old}`,
  counters.refused,
  `http[.]entry[.]rbac[.]${ASKED_PREFIX}[.].*`,
  ...[peerBytes, servedBytes, entryBytes, answers].map((name) => name.replaceAll('.', '[.]')),
].join('|')})$`;

/**
 * Between the proxy and the node agent, on the pod's loopback: a few counters, by which the agent decides whether a rotation may go
 * on and sees what the mirror is used for, and the agent's own report, to which the metrics listener leads.
 */
export function agentListeners(): Listener[] {
  // Envoy would pass a query on.
  const whole = { name: ':path', string_match: { safe_regex: { regex: COUNTERS_PATH } } };
  const match = { path: COUNTERS_PATH, headers: [method('GET'), whole] };
  const query = `/stats?type=Counters&format=json&filter=${encodeURIComponent(COUNTERS)}`;
  return [
    loopback(
      COUNTERS_LISTENER,
      ports.agent.counters,
      httpConnectionManager({
        name: COUNTERS_LISTENER,
        routes: [{ match, route: { cluster: 'admin', timeout: '5s', prefix_rewrite: query } }],
        // Its answers have no chunks, which would be hard to read in bash; JSON shows where an answer ends.
        acceptsHttp10: true,
      }),
    ),
    loopback(
      'agent-report',
      ports.agent.report,
      httpConnectionManager({
        name: 'agent-report',
        routes: { route_config_name: DynamicFile.REPORT, config_source: dynamicFile(DynamicFile.REPORT) },
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
    // Nobody outside the pod dials it, and the answer to a probe may not depend on how many strangers are connected.
    bypass_overload_manager: true,
    filter_chains: [{ filters: [filter] }],
  };
}
