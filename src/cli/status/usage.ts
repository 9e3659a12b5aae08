import { metrics } from '../../mirror/contract/metrics';
import type { Metric, Samples } from './samples';

/** What a node's mirror is used for, counted since its pod started. */
export interface UsageReport {
  /** Requests of the node's containerd at the entry, by registry of the stack; `_default` stands for all others. */
  readonly requests: { readonly [registry: string]: number };
  /** Bytes from peers. */
  readonly peerBytes: number;
  /** Bytes to peers. */
  readonly servedBytes: number;
  /** Bytes of content that arrived on the node, but not through the entry. */
  readonly originBytes: number;
  /**
   * Share of the bytes from peers in all that arrived, 0 to 1.
   *
   * @default - nothing arrived
   */
  readonly hitRatio?: number;
  /** Published registries whose pulls go past the entry. */
  readonly bypassed: string[];
}

/** The usage in an agent's report; nothing before its first measurement. */
export function usageIn(samples: Samples): { readonly usage?: UsageReport } {
  const value = (metric: Metric) => samples(metric)[0]?.value;
  const peerBytes = value(metrics.peerBytes);
  if (peerBytes === undefined) {
    return {};
  }
  const { entryRequests, bypassed } = metrics;
  const requests = samples(entryRequests).map(({ labels, value }) => [
    labels[entryRequests.labels.registry] ?? '',
    value,
  ]);
  const hitRatio = value(metrics.hitRatio);
  return {
    usage: {
      requests: Object.fromEntries(requests),
      peerBytes,
      servedBytes: value(metrics.servedBytes) ?? 0,
      originBytes: value(metrics.originBytes) ?? 0,
      ...(hitRatio === undefined ? {} : { hitRatio }),
      bypassed: samples(bypassed).flatMap(({ labels, value }) =>
        value === 1 ? [labels[bypassed.labels.registry] ?? ''] : [],
      ),
    },
  };
}
