import { type Extension, extension, type Route } from './types';

const HCM = 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

/** What differs between the proxy's HTTP listeners. */
export interface HttpOptions {
  /** Name in statistics. */
  readonly name: string;
  /** Filters that a request passes before it is routed: authentication, limits. */
  readonly filters?: Extension[];
  /** Routes, tried in their order, or where they are read from. What none of them takes gets 404. */
  readonly routes: Route[] | { readonly route_config_name: string; readonly config_source: object };
  /** Where each request is noted down; nowhere when left out. */
  readonly accessLog?: Extension;
  /** Whether who is refused is told 404, as if there were nothing, and not that a credential is missing. */
  readonly refusesWith404?: boolean;
  /** Whether HTTP/1.0 is accepted. */
  readonly acceptsHttp10?: boolean;
}

/** The network filter that speaks HTTP/1.1, strict in what it takes and with an end to everything that could last. */
export function httpConnectionManager(options: HttpOptions): Extension {
  return extension('envoy.filters.network.http_connection_manager', HCM, {
    stat_prefix: options.name,
    codec_type: 'HTTP1',
    ...(options.acceptsHttp10 ? { http_protocol_options: { accept_http_10: true } } : {}),
    ...routing(options),
    local_reply_config: ownErrors(options.refusesWith404 ?? false),
    ...(options.accessLog ? { access_log: [options.accessLog] } : {}),
    http_filters: [
      ...(options.filters ?? []),
      extension('envoy.filters.http.router', 'envoy.extensions.filters.http.router.v3.Router', {
        suppress_envoy_headers: true,
      }),
    ],
    // What the path means must be the same here and in Spegel.
    normalize_path: true,
    merge_slashes: true,
    path_with_escaped_slashes_action: 'REJECT_REQUEST',
    // Nobody's headers are trusted for being inside the cluster. Without a range Envoy would trust every private address, which
    // may then ask for retries; this one is nobody's.
    use_remote_address: true,
    skip_xff_append: true,
    internal_address_config: { cidr_ranges: [{ address_prefix: '255.255.255.255', prefix_len: 32 }] },
    generate_request_id: false,
    server_header_transformation: 'PASS_THROUGH',
    // Slow senders and idle connections end; a revoked identity lives no longer than its connection.
    request_headers_timeout: '5s',
    request_timeout: '15s',
    stream_idle_timeout: PROGRESS_TIMEOUT,
    max_request_headers_kb: 16,
    common_http_protocol_options: {
      idle_timeout: '75s',
      max_connection_duration: CONNECTION_DURATION,
      max_stream_duration: '1800s',
      max_headers_count: 64,
      headers_with_underscores_action: 'REJECT_REQUEST',
    },
  });
}

function routing({ name, routes }: HttpOptions): object {
  return Array.isArray(routes)
    ? { route_config: { name, virtual_hosts: [{ name, domains: ['*'], routes: [...routes, notFound] }] } }
    : { rds: routes };
}

/**
 * The proxy's own errors have no body: its words would tell a stranger what it is, and what is behind it. To containerd 404 is the one
 * refusal after which it goes on to the origin and gives nothing away (measured).
 */
function ownErrors(refusesWith404: boolean): object {
  const status = (op: 'EQ' | 'GE', code: number) => ({
    status_code_filter: { comparison: { op, value: { default_value: code, runtime_key: 'unused' } } },
  });
  const wordless = { body_format_override: { text_format_source: { inline_string: '' } } };
  // The first that fits is the one that counts.
  const refusal = {
    filter: { or_filter: { filters: [status('EQ', 401), status('EQ', 403)] } },
    status_code: 404,
    ...wordless,
  };
  return { mappers: [...(refusesWith404 ? [refusal] : []), { filter: status('GE', 400), ...wordless }] };
}

/**
 * How long a transfer may make no progress, which is also a lowest rate: Envoy takes more for a slow reader only when half of
 * `BUFFER_BYTES` has gone on to the kernel, so who reads less than 4 KiB/s is always cut off. The tested kernel takes up to some 1.5 MiB at
 * a time (`net.ipv4.tcp_wmem`), so from 128 KiB/s on nobody is there (measured with a seventh of the time).
 */
export const PROGRESS_TIMEOUT = '30s';

/** How long a connection lives at most; running transfers are let finish. */
export const CONNECTION_DURATION = '600s';

/** A matcher for the method; `not` for all others. */
export function method(regex: string, not = false) {
  return { name: ':method', string_match: { safe_regex: { regex } }, ...(not ? { invert_match: true } : {}) };
}

/** Answers 405 to every method but these. */
export function onlyMethods(regex: string): Route {
  return { match: { prefix: '/', headers: [method(regex, true)] }, direct_response: { status: 405 } };
}

const notFound: Route = { match: { prefix: '/' }, direct_response: { status: 404 } };
