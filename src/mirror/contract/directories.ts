/** Mounted Secrets and ConfigMaps of the mirror's pod, each in a directory with the name of its volume. */
export const MOUNTS_DIRECTORY = '/etc/secured-mirror';

/** Envoy's configuration in the proxy's container. */
export const ENVOY_DIRECTORY = `${MOUNTS_DIRECTORY}/envoy`;

/** In memory: the socket of Envoy's administration interface. Only the proxy reaches it. */
export const ADMIN_DIRECTORY = '/run/envoy';

/** In memory: files that the node agent writes and the proxy watches. They exist before the proxy starts. */
export const DYNAMIC_DIRECTORY = '/run/secured-mirror-proxy';

/** In memory: the list of requests without a credential. */
export const PERMISSIVE_DIRECTORY = '/run/secured-mirror-permissive';

/** List of the requests without a credential: one line each, the listener and the source. */
export const PERMISSIVE_LOG = `${PERMISSIVE_DIRECTORY}/requests`;

/** In memory: the node agent's report and its state of health. */
export const STATUS_DIRECTORY = '/run/node-agent';

/** Files in `STATUS_DIRECTORY`. */
export const statusFiles = {
  /** Touched by every round of the agent. */
  alive: 'alive',
  /** The agent's metrics. */
  report: 'report',
};

/** On the node's tmpfs: no key material reaches a disk, and it is gone after a reboot. */
export const STATE_DIRECTORY = '/run/secured-mirror';

/** On the node: the folder that containerd's default list begins with when it is taken for one path; a mount path may hold no colon. */
export const DEFAULT_LIST_DIRECTORY = '/run/default-list';

/** The kubelet's link to the current version of a mounted volume. */
export const VERSION_LINK = '..data';
