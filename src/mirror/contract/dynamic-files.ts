/**
 * Dynamic files: the node agent writes them into `DYNAMIC_DIRECTORY`, and the proxy reads each again when it changes. A file
 * is called like the resource in it, with the extension `.json`.
 */
export enum DynamicFile {
  /** Users with their password hashes, for the listeners of the entry and of peers. */
  USERS = 'users',
  /** Counts requests with an older version of the credential. */
  OLD = 'old',
  /** Users with their password hashes, for the listener of the metrics. */
  METRICS_USERS = 'metrics-users',
  /** The credential that the proxy sends to peers. */
  INJECTED = 'injected',
  /** The route that answers with the node agent's report. */
  REPORT = 'report',
}

/**
 * The name of a dynamic file in its directory.
 *
 * @param file the file
 */
export function fileName(file: DynamicFile): string {
  return `${file}.json`;
}

/** A SHA-256 hash in metrics and file names (of a CA certificate, of an identity's version) has as many hexadecimal digits. */
export const HASH_DIGITS = 12;
