import { extension } from './types';

const MIB = 2 ** 20;

/** MiB of the proxy's memory that are no heap: pages of its program and stacks. */
const BESIDE_HEAP = 96;

/**
 * Sheds load before the kernel ends the proxy for its memory: it gives back what is free, then ends each connection with its answer, then refuses requests, so
 * that containerd goes on to the origin, and at last connections. Probes and the node agent are spared.
 *
 * @param mebibytes the container's limit
 */
export function overloadManager(mebibytes: number): object {
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
