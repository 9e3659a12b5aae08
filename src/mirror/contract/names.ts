/** Names of the containers of the mirror's pod. */
export const containers = {
  redirect: 'redirect',
  redirectIpv6: 'redirect-ipv6',
  prepare: 'prepare',
  proxy: 'proxy',
  spegel: 'spegel',
  agent: 'node-agent',
};

/** Names of the volumes that containers of two parts mount. */
export const volumes = { dynamicFiles: 'dynamic-files', permissive: 'permissive' };

/** Authentication methods, as the node agent's settings and report name them. */
export const methods = { basic: 'basic', mutualTls: 'mutual-tls' } as const;
