import type { ResolvedLimits } from '../resolved';
import { AuthenticatedListener } from './proxy-authentication';

/** Sources that together fill the entry: without policies any pod is one. */
const SOURCES = 2;

/**
 * Connections that each listener of the pod's address holds open, so that a full one refuses nobody elsewhere. A router's are at most
 * `requests` behind the handshake, and as many may be in it.
 *
 * @param limits the limits
 */
export function budgets(limits: ResolvedLimits): { readonly [listener: string]: number } {
  return {
    [AuthenticatedListener.ENTRY]: SOURCES * limits.entryConnections,
    [AuthenticatedListener.PEERS]: limits.connections,
    [AuthenticatedListener.ROUTER]: 2 * limits.requests,
    [AuthenticatedListener.METRICS]: 256,
    health: 4096,
  };
}
