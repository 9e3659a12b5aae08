import { envoyFile, type Manifest, minimal, objectsOf } from '../../support';

const objects = objectsOf(minimal);

describe('the clusters', () => {
  const clusters: Manifest[] = envoyFile(objects, 'clusters.json').resources;

  it.each(clusters.map(({ name }: Manifest) => name))('%s is this', (name) => {
    expect(clusters.find((cluster: Manifest) => cluster.name === name)).toMatchSnapshot();
  });

  it('reach the listeners of peers whatever port Spegel dialled', () => {
    const port = (name: string) =>
      clusters.find((cluster: Manifest) => cluster.name === name).original_dst_lb_config.upstream_port_override;
    expect(port('peer-registry')).toBe(5443);
    expect(port('peer-router')).toBe(5444);
  });

  it('take as many requests as the limit says, but for probes, which have their own', () => {
    const { resources } = envoyFile(objectsOf({ ...minimal, limits: { requests: 20 } }), 'clusters.json');
    const limits = Object.fromEntries(
      resources.map(({ name, circuit_breakers: { thresholds } }: Manifest) => [name, thresholds[0]]),
    );
    // At its limit of connections Envoy lets requests wait without an end: no such limit may be in force.
    const requests = (most: number) => ({
      max_requests: most,
      max_pending_requests: most,
      max_connections: 4294967295,
    });
    expect(limits).toEqual({
      spegel: requests(20),
      'spegel-health': requests(16),
      'spegel-metrics': requests(16),
      admin: requests(16),
      'agent-report': requests(16),
      'peer-registry': requests(20),
      router: { max_connections: 20, max_pending_requests: 20 },
      'peer-router': { max_connections: 20, max_pending_requests: 20 },
    });
  });
});
