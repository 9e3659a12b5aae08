import { kind, type Manifest, minimal, objectsOf, podOf, variants } from '../../support';

const objects = objectsOf(minimal);
const everything = objectsOf(variants.everything ?? minimal);

describe('the mirror', () => {
  it('is this DaemonSet', () => {
    const [{ metadata, spec }] = kind(objects, 'DaemonSet');
    const { initContainers, containers, ...pod } = spec.template.spec;
    expect({ metadata, ...spec, template: { ...spec.template, spec: pod } }).toMatchSnapshot({
      template: { metadata: { annotations: { 'secured-mirror/config-hash': expect.any(String) } } },
    });
    expect([...initContainers, ...containers].map(({ name }: Manifest) => name)).toMatchSnapshot();
  });

  it('has this Spegel', () => {
    expect(podOf(objects).containers[0]).toMatchSnapshot();
  });

  it('is not restarted for having no peers, and the node agent says whether the pod is ready', () => {
    const [spegel, agent] = podOf(objects).containers;
    expect([spegel.startupProbe.httpGet.path, spegel.livenessProbe.httpGet.path]).toEqual(['/livez', '/livez']);
    expect(spegel.readinessProbe).toBeUndefined();
    expect(agent.readinessProbe.httpGet).toEqual({ path: '/published', port: 5003 });
  });

  it('has these Services, namespace and account', () => {
    for (const name of ['Namespace', 'ServiceAccount', 'Service']) {
      expect(kind(objects, name)).toMatchSnapshot();
    }
  });

  it('runs where the user says', () => {
    expect(podOf(objects)).toMatchObject({
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      tolerations: [{ operator: 'Exists' }],
    });
    expect(podOf(everything)).toMatchObject({
      nodeSelector: { 'kubernetes.io/os': 'linux', mirror: 'yes' },
      tolerations: [{ key: 'dedicated', operator: 'Exists', effect: 'NoSchedule' }],
      imagePullSecrets: [{ name: 'pull' }],
    });
  });

  it('has a fixed address with local traffic where hostPorts are not to be had', () => {
    const services = kind(objectsOf(variants.clusterIp ?? minimal), 'Service');
    expect(services.find(({ metadata }) => metadata.name === 'mirror-entry').spec).toMatchSnapshot();
  });

  it('finds containerd where the platform keeps it', () => {
    const paths = (props: Manifest) =>
      podOf(objectsOf(props))
        .volumes.filter((volume: Manifest) => volume.hostPath)
        .map((volume: Manifest) => volume.hostPath.path);
    expect(paths(minimal)).toEqual([
      '/run/containerd/containerd.sock',
      '/var/lib/containerd/io.containerd.content.v1.content',
      '/etc/containerd/certs.d',
      '/etc/containerd/certs.d:',
      '/run/secured-mirror',
    ]);
    expect(paths(variants.k3s)[0]).toBe('/run/k3s/containerd/containerd.sock');
    expect(paths({ ...minimal, containerd: { socket: '/x/c.sock' } })[0]).toBe('/x/c.sock');
  });

  it('mirrors every registry when asked to', () => {
    const { args } = podOf(objectsOf(variants.allRegistries ?? minimal)).containers[0];
    expect(args).not.toContain('--mirrored-registries');
  });

  it('brings the quota that GKE wants for its priority, and only there', () => {
    expect(kind(objects, 'ResourceQuota')).toEqual([]);
    expect(kind(objectsOf(variants.gke ?? minimal), 'ResourceQuota')).toMatchSnapshot();
  });
});
