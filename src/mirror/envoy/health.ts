import { healthPaths, PUBLISHED_PATH } from '../contract/http';
import { ports } from '../contract/ports';
import { httpConnectionManager, method } from './http';
import { BUFFER_BYTES, type Listener, type Route, socket } from './types';

/**
 * The one listener on the pod's address without authentication, as the kubelet has no credential: four paths that answer with a
 * status and no content. It answers when the proxy is full, too. A hostile process on the node has the kubelet's address and may take all
 * places for itself: so each connection is short, and the probes here have much patience.
 *
 * @param address address to listen on
 */
export function healthListener(address: string): Listener {
  const get = (path: string) => ({ match: { path, headers: [method('GET')] } });
  const toSpegel = (path: string): Route => ({
    ...get(path),
    route: { cluster: 'spegel-health', timeout: '1s' },
  });
  return {
    name: 'health',
    address: socket(address, ports.listeners.health),
    per_connection_buffer_limit_bytes: BUFFER_BYTES,
    listener_filters_timeout: '5s',
    bypass_overload_manager: true,
    filter_chains: [
      {
        filters: [
          httpConnectionManager({
            name: 'health',
            brief: true,
            routes: [
              toSpegel(healthPaths.ready),
              toSpegel(healthPaths.spegelAlive),
              { ...get(healthPaths.proxyAlive), direct_response: { status: 200 } },
              { ...get(PUBLISHED_PATH), route: { cluster: 'agent-report', timeout: '1s' } },
            ],
          }),
        ],
      },
    ],
  };
}
