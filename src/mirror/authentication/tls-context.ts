import { ENVOY_DIRECTORY } from '../contract/directories';
import { type Extension, extension, watchedFile } from '../envoy/types';

const TLS = 'envoy.extensions.transport_sockets.tls.v3';

/**
 * The kubelet's link to the version of a mounted volume that is in force. The files beside it may come a moment after it, and no event
 * tells of that.
 */
const VERSION = '..data';

/** A file of Envoy's configuration that tells of certificates in a folder. */
export interface TlsFile {
  /** Name of the resource in it, and of the file but for its extension. */
  readonly name: string;
  /** Folder of the certificates. */
  readonly folder: string;
}

/** The two files of a side of TLS: what it shows, and whom it takes. */
export interface TlsSides {
  /** Our certificate and key. */
  readonly show: TlsFile;
  /** The CA and the one SAN that the other side must have. */
  readonly take: TlsFile;
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

/** Content of a file with the certificate and key in a folder, read again when the folder's content is swapped. */
export function certificateFile({ name, folder }: TlsFile): object {
  return secretFile(name, {
    tls_certificate: {
      certificate_chain: { filename: `${folder}/${VERSION}/tls.crt` },
      private_key: { filename: `${folder}/${VERSION}/tls.key` },
      watched_directory: { path: folder },
    },
  });
}

/** Content of a file that takes one URI SAN of the CA in a folder, read again when the folder's content is swapped. */
export function validationFile({ name, folder }: TlsFile, san: string): object {
  return secretFile(name, {
    validation_context: {
      trusted_ca: { filename: `${folder}/${VERSION}/ca.crt` },
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

/**
 * A file that names missing certificates is refused, and read again when they come: so their folder is watched, not the file's. The file
 * comes with the listeners that name it, and Envoy refuses those for ever if it reads them before the file's link is made.
 */
function fromFile({ name, folder }: TlsFile): object {
  return { name, sds_config: watchedFile(`${ENVOY_DIRECTORY}/${VERSION}/${name}.json`, folder) };
}
