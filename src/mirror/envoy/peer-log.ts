import type { PeerRequest } from '../contract/peer-request';
import { logLine, outcome } from './log-line';
import type { AccessLog } from './types';

const FIELDS: Record<Exclude<keyof PeerRequest, 'peer'>, string> = {
  ...outcome,
  connection: '%UPSTREAM_CONNECTION_ID%',
  failure: '%UPSTREAM_TRANSPORT_FAILURE_REASON%',
};

/**
 * Notes each request to a peer in the proxy's log: the only place that says which layer came from which peer.
 *
 * @param peer Envoy's operator for the peer's address
 * @param filter which requests; all of them when left out
 */
export function peerLog(peer: string, filter?: object): AccessLog {
  return logLine({ peer, ...FIELDS }, filter);
}
