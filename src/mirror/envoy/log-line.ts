import { type AccessLog, extension } from './types';

/** Envoy's operators for what came of a request. The digest is in the words of who answered, which may lie; nobody can make it longer. */
export const outcome = {
  content: '%RESP(DOCKER-CONTENT-DIGEST):71%',
  status: '%RESPONSE_CODE%',
  bytes: '%BYTES_SENT%',
  flags: '%RESPONSE_FLAGS%',
} as const;

/**
 * Writes a line of JSON to the log for each request. Envoy escapes what needs it.
 *
 * @param fields Envoy's operator for each field
 * @param filter which requests; all of them when left out
 */
export function logLine(fields: { readonly [field: string]: string }, filter?: object): AccessLog {
  return {
    ...extension('envoy.access_loggers.stdout', 'envoy.extensions.access_loggers.stream.v3.StdoutAccessLog', {
      log_format: { json_format: fields },
    }),
    ...(filter ? { filter } : {}),
  };
}
