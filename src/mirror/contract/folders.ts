import { watchedFile } from '../envoy/envoy';

/** Folder of Envoy's configuration in the proxy's container. */
export const ENVOY_FOLDER = '/etc/secured-mirror/envoy';

/** Folder, in memory, of the socket of Envoy's administration interface: reached by nobody but the proxy itself. */
export const ADMIN_FOLDER = '/run/envoy';

/** Folder, in memory, of what the node agent hands over to the proxy. Its files are there before the proxy starts. */
export const HANDED_FOLDER = '/run/secured-mirror-proxy';

/**
 * A file that the node agent hands over to the proxy.
 *
 * @param name its name but for the extension
 */
export function handedFile(name: string): object {
  return watchedFile(`${HANDED_FOLDER}/${name}.json`, HANDED_FOLDER);
}

/** Folder, in memory, of the list of requests that showed nothing. */
export const PERMISSIVE_FOLDER = '/run/secured-mirror-permissive';
