/** Folder of Envoy's configuration in the proxy's container. */
export const ENVOY_FOLDER = '/etc/secured-mirror/envoy';

/** Folder, in memory, of the socket of Envoy's administration interface: reached by nobody but the proxy itself. */
export const ADMIN_FOLDER = '/run/envoy';
