import { type AccessLog, type Extension, extension, FILTERS, type Route } from './types';

const HCM = 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

/** What differs between the proxy's HTTP listeners. */
export interface HttpOptions {
  /** Name in statistics. */
  readonly name: string;
  /** See each request first, also one that the other filters refuse. */
  readonly observers?: Extension[];
  /** Filters that a request passes before its route: authentication, limits. */
  readonly filters?: Extension[];
  /** Routes, tried in their order, or the file with them. A request that matches no route gets 404. */
  readonly routes: Route[] | { readonly route_config_name: string; readonly config_source: object };
  /** Note requests. */
  readonly accessLogs?: AccessLog[];
  /** Whether a refused caller gets 404 in place of 401 and 403, as if there were nothing. */
  readonly refusesWith404?: boolean;
  /** Whether a connection ends after one answer, or a second without a request: for callers who show no credential. */
  readonly brief?: boolean;
  /** Whether HTTP/1.0 is accepted. */
  readonly acceptsHttp10?: boolean;
}

/** The network filter for HTTP/1.1: it takes strict requests only, and nothing lasts for ever. */
export function httpConnectionManager(options: HttpOptions): Extension {
  return extension('envoy.filters.network.http_connection_manager', HCM, {
    stat_prefix: options.name,
    codec_type: 'HTTP1',
    ...(options.acceptsHttp10 ? { http_protocol_options: { accept_http_10: true } } : {}),
    ...routing(options),
    local_reply_config: ownErrors(options.refusesWith404 ?? false),
    ...(options.accessLogs?.length ? { access_log: options.accessLogs } : {}),
    http_filters: [
      ...(options.observers ?? []),
      ...(options.filters ?? []),
      extension('envoy.filters.http.router', 'envoy.extensions.filters.http.router.v3.Router', {
        suppress_envoy_headers: true,
      }),
    ],
    // The path must mean the same here and in Spegel.
    normalize_path: true,
    merge_slashes: true,
    path_with_escaped_slashes_action: 'REJECT_REQUEST',
    // An address inside the cluster earns no trust. Without a range Envoy would trust the headers of every private address, which
    // may then ask for retries; no host has this address.
    use_remote_address: true,
    skip_xff_append: true,
    internal_address_config: { cidr_ranges: [{ address_prefix: '255.255.255.255', prefix_len: 32 }] },
    generate_request_id: false,
    server_header_transformation: 'PASS_THROUGH',
    // Slow senders and idle connections end, and with a connection a revoked identity.
    request_headers_timeout: options.brief ? '1s' : '5s',
    ...(options.brief ? { delayed_close_timeout: '0.1s' } : {}),
    request_timeout: '15s',
    stream_idle_timeout: PROGRESS_TIMEOUT,
    max_request_headers_kb: 16,
    common_http_protocol_options: {
      ...(options.brief ? { max_requests_per_connection: 1 } : {}),
      idle_timeout: options.brief ? '1s' : '75s',
      max_connection_duration: options.brief ? '2s' : CONNECTION_DURATION,
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
  // The first that fits is used.
  const refusal = {
    filter: { or_filter: { filters: [status('EQ', 401), status('EQ', 403)] } },
    status_code: 404,
    ...wordless,
  };
  return { mappers: [...(refusesWith404 ? [refusal] : []), { filter: status('GE', 400), ...wordless }] };
}

/**
 * How long a transfer may make no progress, which is also a lowest rate: Envoy takes more for a slow reader only when half of
 * `BUFFER_BYTES` has gone on to the kernel, so a caller that reads less than 4 KiB/s is always cut off. The tested kernel takes up to some 1.5 MiB at
 * a time (`net.ipv4.tcp_wmem`), so from 128 KiB/s on no caller is cut off (measured with a seventh of the time).
 */
export const PROGRESS_TIMEOUT = '30s';

/** How long a connection lives at most; running transfers may finish. */
export const CONNECTION_DURATION = '600s';

/** A matcher for the method; `not` for all others. */
export function method(regex: string, not = false) {
  return { name: ':method', string_match: { safe_regex: { regex } }, ...(not ? { invert_match: true } : {}) };
}

/** The HTTP filter that removes headers of requests or of responses. */
export function withoutHeaders(from: 'request_mutations' | 'response_mutations', ...names: string[]): Extension {
  return extension('envoy.filters.http.header_mutation', `${FILTERS}.header_mutation.v3.HeaderMutation`, {
    mutations: { [from]: names.map((remove) => ({ remove })) },
  });
}

/** Answers 405 to every method but these. */
export function onlyMethods(regex: string): Route {
  return { match: { prefix: '/', headers: [method(regex, true)] }, direct_response: { status: 405 } };
}

const notFound: Route = { match: { prefix: '/' }, direct_response: { status: 404 } };
