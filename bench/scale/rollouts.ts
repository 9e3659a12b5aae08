import { proxyMemoryLimit } from '../../src/mirror/envoy/memory';
import { constants as c } from './constants';
import { libp2pInbound, mesh, routerInbound } from './mesh';
import { type Wave, wave } from './wave';

/** A kind of rollout. */
export interface Rollout {
  readonly name: string;
  /** Pods that begin in a second; undefined when all begin at once. */
  readonly perSecond?: number;
  /** Nodes that have the image before. */
  readonly seeds: number;
}

const PACE = c.podsPerSecond.value;

export const ROLLOUTS = {
  cold: { name: 'no holder, 20 a second', perSecond: PACE, seeds: 0 },
  paced: { name: 'one holder, 20 a second', perSecond: PACE, seeds: 1 },
  pacedTen: { name: 'ten holders, 20 a second', perSecond: PACE, seeds: 10 },
  fast: { name: 'one holder, 100 a second', perSecond: 100, seeds: 1 },
  fastTen: { name: 'ten holders, 100 a second', perSecond: 100, seeds: 10 },
  once: { name: 'one holder, at once', seeds: 1 },
  onceTen: { name: 'ten holders, at once', seeds: 10 },
} satisfies { [key: string]: Rollout };

/** The limits under which a rollout is played. */
export interface Limits {
  readonly connectionsPerSource: number;
  readonly entryConnections: number;
  readonly connections: number;
  readonly requests: number;
}

/** Sizes of clusters for which the page looks where a limit is reached. */
export const NODES_TRIED = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

/** Limits, with the words of the page. */
export const LIMITS = {
  spegelRouter: "connections that Spegel's router accepts",
  routers: '`requests`, for connections of routers',
  requests: '`requests`, for layers',
  memory: "the proxy's memory",
  connections: '`connections`',
  connectionsPerSource: '`connectionsPerSource`',
  conntrack: 'tracked connections of a node',
};

/** What a rollout takes on the nodes that it strains most. */
export interface Load {
  readonly wave: Wave;
  /** MiB that the proxy of the busiest holder needs. */
  readonly memory: number;
  /** Connections that a router accepts which keeps the records of a layer. */
  readonly routers: number;
  /** Share of each limit that is in use; from 1 on the limit refuses something. */
  readonly shares: { readonly [limit in keyof typeof LIMITS]: number };
}

const played = new Map<string, Load>();

/**
 * What a rollout takes. Several parts of the page ask for the same one.
 *
 * @param nodes nodes of the cluster
 * @param rollout which one
 * @param limits the mirror's limits
 */
export function load(nodes: number, rollout: Rollout, limits: Limits): Load {
  const key = JSON.stringify([nodes, rollout, limits]);
  const found = played.get(key) ?? play(nodes, rollout, limits);
  played.set(key, found);
  return found;
}

function play(nodes: number, rollout: Rollout, limits: Limits): Load {
  const { perSecond } = rollout;
  const pace = perSecond ? { burst: 1.5 * perSecond, perSecond } : { burst: nodes, perSecond: nodes };
  const result = wave({
    nodes,
    ...pace,
    seeds: Math.min(rollout.seeds, nodes - 1),
    layers: c.layers.value,
    layerMib: c.layerMib.value,
    parallel: c.maxConcurrentDownloads.value,
    sends: c.sends.value,
    receives: c.receives.value,
    fromOrigin: c.fromOrigin.value,
    advertised: c.advertised.value,
    requests: limits.requests,
    workers: c.workers.value,
    idle: c.idleTimeout.value,
  });
  const atRest = mesh(nodes).connections;
  const routers = routerInbound(nodes, pace.burst, pace.perSecond);
  // The proxy closes connections over its limit.
  const memory = memoryOf(result.streams, Math.min(result.connections, limits.connections - atRest), atRest);
  return {
    wave: result,
    memory,
    routers,
    shares: {
      spegelRouter: routers / libp2pInbound(),
      // Spegel closes at once what it does not accept.
      routers: Math.min(routers, libp2pInbound()) / limits.requests,
      connectionsPerSource: result.connectionsOfOneSource / limits.connectionsPerSource,
      requests: result.streams / limits.requests,
      connections: (result.connections + atRest) / limits.connections,
      memory: memory / proxyMemoryLimit(limits),
      conntrack: (result.connections + atRest + routers) / c.conntrack.value,
    },
  };
}

/**
 * MiB of a proxy.
 *
 * @param streams streams whose readers are slow
 * @param connections connections of peers, with a stream or idle
 * @param routers connections of routers
 */
export function memoryOf(streams: number, connections: number, routers: number): number {
  const idle = Math.max(0, connections - streams);
  const kib = idle * c.connection.value + routers * c.routerConnection.value;
  return c.proxyIdle.value + streams * c.stream.value + kib / 1024;
}
