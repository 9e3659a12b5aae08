import type { ResolvedLimits } from '../resolved';
import { budgets } from './budgets';
import { extension } from './types';

const MIB = 2 ** 20;

/** MiB of the proxy's memory that are no heap: pages of its program and stacks. */
const BESIDE_HEAP = 96;

/**
 * Sheds load before the kernel ends the proxy for its memory: it gives back what is free, then ends each connection with its answer, then refuses requests, so
 * that containerd goes on to the origin, and at last connections. Probes and the node agent are spared.
 *
 * @param limits the limits
 * @param mebibytes the container's limit
 */
export function overloadManager(limits: ResolvedLimits, mebibytes: number): object {
  const heap = 'envoy.resource_monitors.fixed_heap';
  const action = (name: string, from: number) => ({
    name: `envoy.overload_actions.${name}`,
    triggers: [{ name: heap, threshold: { value: from } }],
  });
  return {
    refresh_interval: '0.25s',
    resource_monitors: [
      extension(heap, 'envoy.extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig', {
        max_heap_size_bytes: (mebibytes - BESIDE_HEAP) * MIB,
      }),
      // Envoy warns without a limit over all listeners. Each is full before this one is reached.
      extension(
        'envoy.resource_monitors.global_downstream_max_connections',
        'envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig',
        { max_active_downstream_connections: connections(limits) },
      ),
    ],
    actions: [
      action('shrink_heap', 0.8),
      action('disable_http_keepalive', 0.85),
      action('stop_accepting_requests', 0.9),
      // Not `stop_accepting_connections`, which would let them wait.
      action('reject_incoming_connections', 0.95),
    ],
  };
}

/** Connections that the listeners hold open when all are full, and the pod's own loopback with them. */
function connections(limits: ResolvedLimits): number {
  const loopback = 4 * limits.requests;
  return Object.values(budgets(limits)).reduce((sum, budget) => sum + budget, loopback);
}
