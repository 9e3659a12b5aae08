import { ENVOY_DIRECTORY, VERSION_LINK } from '../contract/directories';
import { type Extension, extension, message, TLS, watchedFile } from './types';

/** A file of Envoy's configuration that points to certificates in a directory. */
export interface TlsFile {
  /** Name of the resource in it, and of the file but for its extension. */
  readonly name: string;
  /** Directory of the certificates. */
  readonly directory: string;
}

/** The two files of one side of a TLS connection. */
export interface TlsFiles {
  /** Our certificate and key. */
  readonly certificate: TlsFile;
  /** The CA and the one SAN that the other side must have. */
  readonly trustedCa: TlsFile;
}

/** The server side of mutual TLS: no certificate, no connection. */
export function serverTls(files: TlsFiles): Extension {
  return extension('envoy.transport_sockets.tls', `${TLS}.DownstreamTlsContext`, {
    require_client_certificate: true,
    // A resumed session would not check the client's certificate again.
    disable_stateless_session_resumption: true,
    disable_stateful_session_resumption: true,
    common_tls_context: commonContext(files),
  });
}

/**
 * The client side of mutual TLS.
 *
 * @param files our certificate and the CA that we trust
 * @param sni server name in the handshake, whatever the address
 */
export function clientTls(files: TlsFiles, sni: string): Extension {
  return extension('envoy.transport_sockets.tls', `${TLS}.UpstreamTlsContext`, {
    sni,
    common_tls_context: commonContext(files),
  });
}

/** A file that names the certificate and key in a directory. Envoy reads both again when the directory's content is swapped. */
export function certificateFile({ name, directory }: TlsFile): object {
  // The files beside the link may come a moment after it, and no event follows.
  return secretFile(name, {
    tls_certificate: {
      certificate_chain: { filename: `${directory}/${VERSION_LINK}/tls.crt` },
      private_key: { filename: `${directory}/${VERSION_LINK}/tls.key` },
      watched_directory: { path: directory },
    },
  });
}

/** A file that trusts one URI SAN of the CA in a directory. Envoy reads the CA again when the directory's content is swapped. */
export function trustedCaFile({ name, directory }: TlsFile, san: string): object {
  return secretFile(name, {
    validation_context: {
      trusted_ca: { filename: `${directory}/${VERSION_LINK}/ca.crt` },
      watched_directory: { path: directory },
      match_typed_subject_alt_names: [{ san_type: 'URI', matcher: { exact: san } }],
    },
  });
}

function secretFile(name: string, content: object): object {
  return { resources: [message(`${TLS}.Secret`, { name, ...content })] };
}

function commonContext({ certificate, trustedCa }: TlsFiles): object {
  return {
    // Both ends of the range, as Envoy's clients stop at 1.2 by default.
    tls_params: { tls_minimum_protocol_version: 'TLSv1_3', tls_maximum_protocol_version: 'TLSv1_3' },
    alpn_protocols: ['http/1.1'],
    tls_certificate_sds_secret_configs: [fromFile(certificate)],
    validation_context_sds_secret_config: fromFile(trustedCa),
  };
}

/**
 * Envoy refuses a file that names missing certificates, and reads it again when they come: so it watches their directory, not the
 * file's. The file comes with the listeners that name it, and Envoy refuses such listeners for ever if it reads them before the
 * file's link exists.
 */
function fromFile({ name, directory }: TlsFile): object {
  return { name, sds_config: watchedFile(`${ENVOY_DIRECTORY}/${VERSION_LINK}/${name}.json`, directory) };
}
