import { ENVOY_DIRECTORY } from '../contract/directories';
import type { ResolvedLimits } from '../resolved';
import { budgets } from './budgets';
import { adminSocket } from './clusters';
import { overloadManager } from './overload';
import { watchedFile } from './types';

/** Names of the files that the bootstrap leads to. */
export const files = { bootstrap: 'envoy.json', listeners: 'listeners.json', clusters: 'clusters.json' };

/**
 * What Envoy starts with. Listeners and clusters are files that it reads again when they change, so a change of theirs
 * restarts nothing; a file that it cannot use is refused and the last good one stays.
 *
 * @param limits the limits
 * @param mebibytes memory that the container may take
 */
export function bootstrap(limits: ResolvedLimits, mebibytes: number): object {
  const connectionLimits = Object.entries(budgets(limits)).map(([listener, connections]) => [
    `envoy.resource_limits.listener.${listener}.connection_limit`,
    connections,
  ]);
  return {
    node: { id: 'auth-proxy', cluster: 'secured-mirror' },
    admin: { address: adminSocket },
    dynamic_resources: {
      lds_config: watched(files.listeners),
      cds_config: watched(files.clusters),
    },
    // The grammar of names and digests, with long names in it, takes more than the 100 instructions that Envoy allows an expression by default.
    layered_runtime: {
      layers: [
        {
          name: 'static',
          static_layer: { 're2.max_program_size.error_level': 1000, ...Object.fromEntries(connectionLimits) },
        },
      ],
    },
    overload_manager: overloadManager(limits, mebibytes),
  };
}

function watched(file: string): object {
  return watchedFile(`${ENVOY_DIRECTORY}/${file}`, ENVOY_DIRECTORY);
}

/**
 * A file of listeners or clusters.
 *
 * @param type Listener or Cluster
 * @param resources what is in it
 */
export function resourceFile(type: 'listener.v3.Listener' | 'cluster.v3.Cluster', resources: object[]): object {
  return { resources: resources.map((r) => ({ '@type': `type.googleapis.com/envoy.config.${type}`, ...r })) };
}
