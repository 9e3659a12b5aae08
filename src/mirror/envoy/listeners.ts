import type { IAuthentication } from '../authentication/authentication';
import { ports } from '../contract/ports';
import type { ResolvedLimits } from '../resolved';
import { agentListeners } from './agent-listeners';
import { Door, httpDoor, tcpDoor } from './doors';
import { egressListeners } from './egress';
import { healthListener } from './health';
import { metricsRoutes } from './metrics';
import { RegistrySide, registryRoutes } from './registry-routes';
import { type Extension, extension, type Listener } from './types';

/** What the proxy's configuration is made of. */
export interface ProxyOptions {
  /** How nodes and mirrors prove who they are. */
  readonly authentication: IAuthentication;
  /** Repositories whose manifests come from peers. */
  readonly publicRepositories: string[];
  /** Limits against abuse. */
  readonly limits: ResolvedLimits;
  /** Whether pods have IPv6 addresses too. */
  readonly dualStack: boolean;
}

/** All listeners of the proxy. */
export function listeners(options: ProxyOptions): Listener[] {
  const { authentication, publicRepositories } = options;
  const address = options.dualStack ? '::' : '0.0.0.0';
  const at = (port: number) => ({ authentication, address, port });
  return [
    httpDoor(Door.ENTRY, at(ports.listeners.entry), {
      name: Door.ENTRY,
      routes: registryRoutes(RegistrySide.ENTRY, publicRepositories),
      refusesWith404: true,
    }),
    httpDoor(Door.PEERS, at(ports.listeners.peers), {
      name: Door.PEERS,
      filters: bandwidth(options.limits.servedMebibytesPerSecond),
      routes: registryRoutes(RegistrySide.PEERS, publicRepositories),
    }),
    tcpDoor(Door.ROUTER, at(ports.listeners.router), 'router'),
    httpDoor(Door.METRICS, at(ports.listeners.metrics), { name: Door.METRICS, routes: metricsRoutes() }),
    healthListener(address),
    ...agentListeners(),
    ...egressListeners(authentication, options.dualStack),
  ];
}

function bandwidth(mebibytesPerSecond: number | undefined): Extension[] {
  if (mebibytesPerSecond === undefined) {
    return [];
  }
  const type = 'envoy.extensions.filters.http.bandwidth_limit.v3.BandwidthLimit';
  return [
    extension('envoy.filters.http.bandwidth_limit', type, {
      stat_prefix: 'served',
      enable_mode: 'RESPONSE',
      limit_kbps: mebibytesPerSecond * 1024, // Envoy's "kbps" are KiB per second
    }),
  ];
}
