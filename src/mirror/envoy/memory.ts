import type { ResolvedLimits } from '../resolved';
import { budgets } from './budgets';

/**
 * MiB that the proxy may take: itself with its program's pages; for each request a stream from peers and one to them, which takes
 * 0.53 MiB while its reader stands still; 57 KiB for each connection that has shown a certificate, and 25 KiB for each to the entry or for health that has shown none (measured). What passes this, the
 * proxy sheds: see `overloadManager`.
 */
export function proxyMemoryLimit(limits: ResolvedLimits): number {
  const { entry = 0, peers = 0, router = 0, metrics = 0, health = 0 } = budgets(limits);
  return 128 + limits.requests + Math.ceil((peers + router + metrics) / 18 + (entry + health) / 40);
}
