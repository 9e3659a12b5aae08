/** Names of the containers of the mirror's pod. */
export const containers = {
  redirect: 'redirect',
  redirectIpv6: 'redirect-ipv6',
  prepare: 'prepare',
  proxy: 'proxy',
  spegel: 'spegel',
  agent: 'node-agent',
  reporter: 'node-readiness-reporter',
};

/** Names of volumes that two modules know. */
export const volumes = {
  content: 'containerd-content',
  dynamicFiles: 'dynamic-files',
  permissive: 'permissive',
  trust: 'trust',
};

/** Name of the volume with an identity's certificate. */
export function tlsVolume(identity: string): string {
  return `tls-${identity}`;
}

/** Name of the DaemonSet, and of its ServiceAccount. */
export const DAEMON_SET = 'mirror';

/** Name of the port that metrics are read from. */
export const METRICS_PORT = 'metrics';

/** Variable of the node agent that names the list of requests without a credential: only in permissive mode. */
export const PERMISSIVE_LOG_VARIABLE = 'MIRROR_UNAUTHENTICATED_LOG';

/** Variable of the proxy with the UID of its pod. */
export const POD_UID_VARIABLE = 'MIRROR_POD_UID';

/** Variable of the proxy with the name of its node. */
export const NODE_NAME_VARIABLE = 'MIRROR_NODE_NAME';

/** Authentication methods, as the node agent's settings and report name them. */
export const methods = { basic: 'basic', mutualTls: 'mutual-tls' } as const;

/** Annotation of the pods that replaces them when what they read only at their start changes. */
export const CONFIG_HASH = 'secured-mirror/config-hash';
