import { ports } from '../contract/ports';
import type { ResolvedAccessLog, ResolvedLimits } from '../resolved';
import { accessLogs, askedFilter } from './access-log';
import { agentListeners } from './agent-listeners';
import { httpListener, tcpListener } from './authenticated-listeners';
import { directPathFilter, directPathLog } from './direct-path';
import { egressListeners } from './egress';
import { entryCounter } from './entry-counter';
import { healthListener } from './health';
import { metricsRoutes } from './metrics';
import { AuthenticatedListener, type IProxyAuthentication } from './proxy-authentication';
import { RegistrySide, registryRoutes } from './registry-routes';
import { type Extension, extension, type Listener } from './types';

/** The settings in the proxy's configuration. */
export interface ProxyOptions {
  /** How nodes and mirrors authenticate themselves. */
  readonly authentication: IProxyAuthentication;
  /** Registries that the mirror serves. */
  readonly registries: string[];
  /** Repositories whose manifests come from peers. */
  readonly publicRepositories: string[];
  /** Limits against abuse. */
  readonly limits: ResolvedLimits;
  /** Which requests are noted; none when undefined. */
  readonly accessLog?: ResolvedAccessLog;
  /** Whether pods have IPv6 addresses too. */
  readonly dualStack: boolean;
}

/** All listeners of the proxy. Their ports are in `contract/ports.ts`. */
export function listeners(options: ProxyOptions): Listener[] {
  const { accessLog, authentication, publicRepositories } = options;
  const observers = accessLog ? [askedFilter()] : [];
  const address = options.dualStack ? '::' : '0.0.0.0';
  const at = (port: number) => ({ authentication, address, port });
  return [
    httpListener(AuthenticatedListener.ENTRY, at(ports.listeners.entry), {
      name: AuthenticatedListener.ENTRY,
      observers: [entryCounter(options.registries), ...observers],
      filters: [...bandwidth('fetched', options.limits.fetchedMebibytesPerSecond), directPathFilter()],
      accessLogs: [directPathLog(), ...(accessLog ? accessLogs(AuthenticatedListener.ENTRY, accessLog) : [])],
      routes: registryRoutes(RegistrySide.ENTRY, publicRepositories),
      refusesWith404: true,
    }),
    httpListener(AuthenticatedListener.PEERS, at(ports.listeners.peers), {
      name: AuthenticatedListener.PEERS,
      observers,
      accessLogs: accessLog ? accessLogs(AuthenticatedListener.PEERS, accessLog) : [],
      filters: bandwidth('served', options.limits.servedMebibytesPerSecond),
      routes: registryRoutes(RegistrySide.PEERS, publicRepositories),
    }),
    tcpListener(AuthenticatedListener.ROUTER, at(ports.listeners.router), 'router'),
    httpListener(AuthenticatedListener.METRICS, at(ports.listeners.metrics), {
      name: AuthenticatedListener.METRICS,
      routes: metricsRoutes(),
    }),
    healthListener(address),
    ...agentListeners(),
    ...egressListeners(options.dualStack),
  ];
}

function bandwidth(name: string, mebibytesPerSecond: number | undefined): Extension[] {
  if (mebibytesPerSecond === undefined) {
    return [];
  }
  const type = 'envoy.extensions.filters.http.bandwidth_limit.v3.BandwidthLimit';
  return [
    extension('envoy.filters.http.bandwidth_limit', type, {
      stat_prefix: name,
      enable_mode: 'RESPONSE',
      limit_kbps: mebibytesPerSecond * 1024, // Envoy's "kbps" are KiB per second
    }),
  ];
}
