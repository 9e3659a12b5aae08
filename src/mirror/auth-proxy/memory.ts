import type { ResolvedLimits } from '../resolved';

/**
 * MiB that the proxy may take: itself with its program's pages; for each request a stream from peers and one to them, which takes
 * 0.53 MiB while its reader stands still; and 57 KiB for each connection (measured).
 */
export function proxyMemoryLimit({ requests, connections }: Pick<ResolvedLimits, 'requests' | 'connections'>): number {
  return 128 + requests + Math.ceil(connections / 18);
}
