import { DYNAMIC_DIRECTORY } from '../contract/directories';
import { type DynamicFile, fileName } from '../contract/dynamic-files';

/**
 * The part of Envoy's configuration (v3 API) that is emitted here, as types. Field names are Envoy's own, as the values go
 * into JSON as they are: https://www.envoyproxy.io/docs/envoy/v1.40.0/api-v3/api
 */

/** Any message with its type URL. */
export interface TypedConfig {
  readonly '@type': string;
  readonly [field: string]: unknown;
}

/** A named extension: filter, transport socket, resource monitor. */
export interface Extension {
  readonly name: string;
  readonly typed_config?: TypedConfig;
  /** Where it is read from, when it may change by itself. */
  readonly config_discovery?: { readonly type_urls: string[]; readonly config_source: object };
}

/** Where something listens or is dialled. */
export type Address =
  | {
      readonly socket_address: {
        readonly address: string;
        readonly port_value: number;
        readonly ipv4_compat?: boolean;
      };
    }
  | { readonly pipe: { readonly path: string; readonly mode?: number } };

/** An access log, and the requests that it notes. */
export interface AccessLog extends Extension {
  readonly filter?: object;
}

export interface FilterChain {
  readonly name?: string;
  readonly filter_chain_match?: { readonly transport_protocol?: 'tls' | 'raw_buffer' };
  readonly transport_socket?: Extension;
  readonly transport_socket_connect_timeout?: string;
  readonly filters: Extension[];
}

export interface Listener {
  readonly name: string;
  readonly address: Address;
  readonly additional_addresses?: { readonly address: Address }[];
  readonly per_connection_buffer_limit_bytes: number;
  readonly listener_filters_timeout: string;
  readonly bypass_overload_manager?: boolean;
  readonly listener_filters?: Extension[];
  readonly filter_chains: FilterChain[];
}

/** A matcher of a request's header; `:method` and `:path` (with its query) are headers too. */
export interface HeaderMatch {
  readonly name: string;
  readonly string_match: { readonly safe_regex: { readonly regex: string } };
  readonly invert_match?: boolean;
}

export interface Route {
  readonly match: {
    readonly prefix?: string;
    readonly path?: string;
    readonly headers?: HeaderMatch[];
    readonly dynamic_metadata?: object[];
  };
  readonly route?: {
    readonly cluster: string;
    readonly timeout: string;
    readonly prefix_rewrite?: string;
  };
  readonly direct_response?: { readonly status: number };
  readonly request_headers_to_add?: HeaderValue[];
  readonly request_headers_to_remove?: string[];
  readonly response_headers_to_add?: HeaderValue[];
  readonly response_headers_to_remove?: string[];
  readonly typed_per_filter_config?: { readonly [filter: string]: TypedConfig };
}

/** A header with a value of ours, whatever it had before. */
export interface HeaderValue {
  readonly header: { readonly key: string; readonly value: string };
  readonly append_action: 'OVERWRITE_IF_EXISTS_OR_ADD';
}

export interface Cluster {
  readonly name: string;
  readonly type: 'STATIC' | 'ORIGINAL_DST';
  readonly lb_policy?: 'CLUSTER_PROVIDED';
  readonly original_dst_lb_config?: { readonly upstream_port_override: number; readonly metadata_key?: object };
  readonly upstream_connection_options?: object;
  readonly connect_timeout: string;
  readonly per_connection_buffer_limit_bytes: number;
  readonly circuit_breakers?: { readonly thresholds: { readonly [limit: string]: number }[] };
  readonly typed_extension_protocol_options?: { readonly [name: string]: TypedConfig };
  readonly transport_socket?: Extension;
  readonly load_assignment?: {
    readonly cluster_name: string;
    readonly endpoints: { readonly lb_endpoints: { readonly endpoint: { readonly address: Address } }[] }[];
  };
}

/** Package of the HTTP filters' messages. */
export const FILTERS = 'envoy.extensions.filters.http';

/** Package of the messages of TLS. */
export const TLS = 'envoy.extensions.transport_sockets.tls.v3';

/** A message of Envoy with its type URL. */
export function message(type: string, content: object = {}): TypedConfig {
  return { '@type': `type.googleapis.com/${type}`, ...content };
}

/** An extension of Envoy with the message that configures it. */
export function extension(name: string, type: string, config: object = {}): Extension {
  return { name, typed_config: message(type, config) };
}

/**
 * A file of resources that Envoy reads again when the content of a directory is swapped, as kubelets swap mounted volumes.
 *
 * @param path the file
 * @param directory the directory
 */
export function watchedFile(path: string, directory: string): object {
  return { resource_api_version: 'V3', path_config_source: { path, watched_directory: { path: directory } } };
}

/**
 * A dynamic file, which the node agent writes.
 *
 * @param file the file
 */
export function dynamicFile(file: DynamicFile): object {
  return watchedFile(`${DYNAMIC_DIRECTORY}/${fileName(file)}`, DYNAMIC_DIRECTORY);
}

/** A header with a value of ours, whatever it had before. */
export function header(key: string, value: string): HeaderValue {
  return { header: { key, value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' };
}

/** An address on which a listener listens, or at which a cluster is dialled. */
export function socket(address: string, port: number): Address {
  return { socket_address: { address, port_value: port, ...(address === '::' ? { ipv4_compat: true } : {}) } };
}

/** Bytes that are buffered for each connection: as fast as Envoy's 1 MiB at half the memory (measured). */
export const BUFFER_BYTES = 256 * 1024;
