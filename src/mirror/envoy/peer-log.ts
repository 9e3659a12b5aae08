import type { PeerRequest } from '../contract/peer-request';
import { type Extension, extension } from './types';

/** Envoy's operator for each field. The digest is the one that Spegel answers with; a peer cannot make it longer. */
const FIELDS: Record<keyof PeerRequest, string> = {
  // The original destination: also known when nobody answers there.
  peer: '%DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT%',
  content: '%RESP(DOCKER-CONTENT-DIGEST):71%',
  connection: '%UPSTREAM_CONNECTION_ID%',
  status: '%RESPONSE_CODE%',
  bytes: '%BYTES_SENT%',
  flags: '%RESPONSE_FLAGS%',
  failure: '%UPSTREAM_TRANSPORT_FAILURE_REASON%',
};

/** Notes each request to a peer in the proxy's log: the only place that says which layer came from which peer. */
export function peerLog(): Extension {
  return extension('envoy.access_loggers.stdout', 'envoy.extensions.access_loggers.stream.v3.StdoutAccessLog', {
    log_format: { json_format: FIELDS },
  });
}
