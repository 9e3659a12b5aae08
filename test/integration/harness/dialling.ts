import { files } from '../../../src/mirror/envoy/bootstrap';
import type { Cluster } from '../../../src/mirror/envoy/types';
import type { Emitted } from './emitted';

/** Changes the clusters of what is emitted. */
export function withClusters(emitted: Emitted, change: (cluster: Cluster) => Cluster): Emitted {
  return {
    ...emitted,
    mounts: emitted.mounts.map((mount) => {
      const text = mount.files?.[files.clusters];
      if (text === undefined) {
        return mount;
      }
      const { resources }: { resources: Cluster[] } = JSON.parse(text);
      return {
        ...mount,
        files: { ...mount.files, [files.clusters]: JSON.stringify({ resources: resources.map(change) }) },
      };
    }),
  };
}

/**
 * Only iptables tells Envoy whom Spegel meant to dial, and that needs root. So the peer is named here in place of ORIGINAL_DST; how
 * it is spoken to stays as it is emitted. The redirect itself is part of the tests on a cluster.
 */
export function dialling(cluster: Cluster, port: number | undefined): Cluster {
  if (port === undefined) {
    return cluster;
  }
  const { lb_policy, original_dst_lb_config, ...kept } = cluster;
  const endpoint = { address: { socket_address: { address: '127.0.0.1', port_value: port } } };
  return {
    ...kept,
    type: 'STATIC',
    load_assignment: { cluster_name: cluster.name, endpoints: [{ lb_endpoints: [{ endpoint }] }] },
  };
}
