import { type Extension, extension, watchedFile } from '../auth-proxy/envoy';
import { ENVOY_FOLDER } from '../auth-proxy/folders';

const TLS = 'envoy.extensions.transport_sockets.tls.v3';

/** Names of the two resources of a side of TLS: what it shows, and whom it takes. */
export interface TlsSides {
  /** Resource with our certificate and key. */
  readonly show: string;
  /** Resource with the CA and the one SAN that the other side must have. */
  readonly take: string;
}

/** The server side of mutual TLS: no certificate, no connection. */
export function serverTls(sides: TlsSides): Extension {
  return extension('envoy.transport_sockets.tls', `${TLS}.DownstreamTlsContext`, {
    require_client_certificate: true,
    // A resumed session would not be asked for its certificate again.
    disable_stateless_session_resumption: true,
    disable_stateful_session_resumption: true,
    common_tls_context: commonContext(sides),
  });
}

/**
 * The client side of mutual TLS.
 *
 * @param sides what is shown and who is taken
 * @param sni server name that is asked for, whatever the address
 */
export function clientTls(sides: TlsSides, sni: string): Extension {
  return extension('envoy.transport_sockets.tls', `${TLS}.UpstreamTlsContext`, {
    sni,
    common_tls_context: commonContext(sides),
  });
}

/** File with the certificate and key in a folder, read again when the folder's content is swapped. */
export function certificateFile(name: string, folder: string): object {
  return secretFile(name, {
    tls_certificate: {
      certificate_chain: { filename: `${folder}/tls.crt` },
      private_key: { filename: `${folder}/tls.key` },
      watched_directory: { path: folder },
    },
  });
}

/** File that takes one URI SAN of the CA in a folder, read again when the folder's content is swapped. */
export function validationFile(name: string, folder: string, san: string): object {
  return secretFile(name, {
    validation_context: {
      trusted_ca: { filename: `${folder}/ca.crt` },
      watched_directory: { path: folder },
      match_typed_subject_alt_names: [{ san_type: 'URI', matcher: { exact: san } }],
    },
  });
}

function secretFile(name: string, content: object): object {
  return { resources: [{ '@type': `type.googleapis.com/${TLS}.Secret`, name, ...content }] };
}

function commonContext(sides: TlsSides): object {
  return {
    // Both ends of the range, as Envoy's clients stop at 1.2 by default.
    tls_params: { tls_minimum_protocol_version: 'TLSv1_3', tls_maximum_protocol_version: 'TLSv1_3' },
    alpn_protocols: ['http/1.1'],
    tls_certificate_sds_secret_configs: [fromFile(sides.show)],
    validation_context_sds_secret_config: fromFile(sides.take),
  };
}

function fromFile(name: string): object {
  return { name, sds_config: watchedFile(ENVOY_FOLDER, `${name}.json`) };
}
