import { ports } from '../../../mirror/contract/ports';
import type { Target } from '../target';

/** A request of a stranger. */
export interface Request {
  /** What it is sent to, in the plural. */
  readonly place: Place;
  /** HTTP without and with TLS, or the first words of a libp2p router. */
  readonly how: 'plain' | 'tls' | 'router';
  /** IP address and port. */
  readonly address: string;
  /** Method and path. */
  readonly request: string;
}

/** Kinds of addresses. */
export type Place = "the pods' addresses" | "the Services' addresses" | "the nodes' addresses";

/** Ports of a node at which Spegel's own chart puts its mirror. */
const SPEGEL_NODE_PORTS = [30020, 30021];

/** Ports of a mirror's pod that serve images: Spegel's own, and the proxy's. */
const REGISTRY_PORTS = [ports.spegel.registry, ports.listeners.peers, ports.listeners.entry];

/** Requests to the pods and Services of a mirror that would be answered with images. */
export function registryRequests(target: Target, request: string): Request[] {
  const pods = near(target).flatMap(({ address }) => bothWays("the pods' addresses", address, REGISTRY_PORTS, request));
  const services = target.services
    .filter(({ address }) => address !== '')
    .flatMap(({ address, ports: own }) => bothWays("the Services' addresses", address, own, request));
  return [...pods, ...services];
}

/**
 * Requests to ports of nodes that lead to a mirror.
 *
 * @param target the mirror
 * @param entry the entry's port
 * @param request method and path
 */
export function nodeRequests(target: Target, entry: number, request: string): Request[] {
  const nodePorts = target.services.flatMap(({ nodePorts }) => nodePorts);
  return near(target).flatMap(({ nodeAddress, hostPorts }) =>
    bothWays("the nodes' addresses", nodeAddress, [...SPEGEL_NODE_PORTS, entry, ...hostPorts, ...nodePorts], request),
  );
}

/** Requests to ports that tell about a mirror and its images. */
export function metricsRequests(target: Target): Request[] {
  const paths: readonly (readonly [number, readonly string[]])[] = [
    [ports.spegel.metrics, ['/metrics', '/debug/pprof/', '/debug/web/']],
    [ports.listeners.metrics, ['/metrics', '/metrics/proxy']],
    [ports.listeners.health, ['/metrics', '/config_dump']],
    [ports.agent.counters, ['/stats/prometheus']],
    [ports.agent.report, ['/metrics']],
  ];
  return near(target).flatMap(({ address }) =>
    paths.flatMap(([port, all]) =>
      all.flatMap((path) => bothWays("the pods' addresses", address, [port], `GET ${path}`)),
    ),
  );
}

/** Connections to the ports by which mirrors find each other's content. */
export function routerRequests(target: Target): Request[] {
  const routers = [ports.spegel.router, ports.listeners.router];
  return near(target).flatMap(({ address }) =>
    routers.flatMap((port): Request[] => {
      const to = { place: "the pods' addresses", address: joined(address, port) } as const;
      return [
        { ...to, how: 'router', request: '/multistream/1.0.0' },
        { ...to, how: 'tls', request: 'GET /' },
      ];
    }),
  );
}

/** Pods on two nodes: what holds for them holds for others. */
function near({ pods }: Target): Target['pods'] {
  return pods.slice(0, 2);
}

function bothWays(place: Place, address: string, all: readonly number[], request: string): Request[] {
  return [...new Set(all)].flatMap((port) =>
    (['plain', 'tls'] as const).map((how) => ({ place, how, address: joined(address, port), request })),
  );
}

/** An address with its port. */
export function joined(address: string, port: number): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
