import type { PeerRequest } from '../contract/peer-request';
import { type Extension, extension } from './types';

/** Envoy's operator for each field. The digest is in the peer's words, which may lie; a peer cannot make it longer. */
const FIELDS: Record<Exclude<keyof PeerRequest, 'peer'>, string> = {
  content: '%RESP(DOCKER-CONTENT-DIGEST):71%',
  connection: '%UPSTREAM_CONNECTION_ID%',
  status: '%RESPONSE_CODE%',
  bytes: '%BYTES_SENT%',
  flags: '%RESPONSE_FLAGS%',
  failure: '%UPSTREAM_TRANSPORT_FAILURE_REASON%',
};

/**
 * Notes each request to a peer in the proxy's log: the only place that says which layer came from which peer.
 *
 * @param peer Envoy's operator for the peer's address
 */
export function peerLog(peer: string): Extension {
  return extension('envoy.access_loggers.stdout', 'envoy.extensions.access_loggers.stream.v3.StdoutAccessLog', {
    log_format: { json_format: { peer, ...FIELDS } },
  });
}
