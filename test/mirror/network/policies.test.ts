import { containersOf, kind, type Manifest, minimal, objectsOf, podOf, variants } from '../../support';

/** Those of Kubernetes; Calico has a kind of the same name. */
const plainPolicies = (objects: Manifest[]) =>
  kind(objects, 'NetworkPolicy').filter(({ apiVersion }) => apiVersion === 'networking.k8s.io/v1');
const policiesOf = (objects: Manifest[]) =>
  Object.fromEntries(plainPolicies(objects).map(({ metadata, spec }) => [metadata.name, spec]));
const mirrors = {
  podSelector: {
    matchLabels: { 'app.kubernetes.io/name': 'secured-mirror', 'app.kubernetes.io/component': 'mirror' },
  },
};
const peerPorts = [
  { protocol: 'TCP', port: 5443 },
  { protocol: 'TCP', port: 5444 },
];

describe('the policies', () => {
  it('are these', () => {
    expect(kind(objectsOf(minimal), 'NetworkPolicy')).toMatchSnapshot();
  });

  it('deny every pod of the namespace all traffic, both ways', () => {
    expect(policiesOf(objectsOf(minimal))['default-deny']).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it('select the pods that the DaemonSet makes', () => {
    const objects = objectsOf(minimal);
    const { labels } = kind(objects, 'DaemonSet')[0].spec.template.metadata;
    expect(labels).toMatchObject(policiesOf(objects).mirror.podSelector.matchLabels);
  });

  it('let mirrors reach the two listeners for peers of each other, and nothing else', () => {
    const { ingress, egress, policyTypes } = policiesOf(objectsOf(minimal)).mirror;
    expect(policyTypes).toEqual(['Ingress', 'Egress']);
    expect(ingress).toEqual([{ from: [mirrors], ports: peerPorts }]);
    expect(egress[0]).toEqual({ to: [mirrors], ports: peerPorts });
    expect(egress).toHaveLength(2);
  });

  it('let everybody reach in permissive the ports of the two listeners that count, and no more', () => {
    const { ingress } = policiesOf(objectsOf(variants.permissive ?? minimal)).mirror;
    expect(ingress).toEqual([
      { from: [mirrors], ports: peerPorts },
      {
        ports: [
          { protocol: 'TCP', port: 5445 },
          { protocol: 'TCP', port: 5443 },
          { protocol: 'TCP', port: 5000 },
        ],
      },
    ]);
  });

  it('let mirrors reach the API server where pods wait for them, at its own addresses and port', () => {
    const { egress } = policiesOf(objectsOf(variants.nodeReadiness ?? minimal)).mirror;
    expect(egress).toHaveLength(3);
    expect(egress[2]).toEqual({
      to: [{ ipBlock: { cidr: '10.0.0.4/32' } }, { ipBlock: { cidr: '10.0.0.5/32' } }],
      ports: [{ protocol: 'TCP', port: 443 }],
    });
  });

  const egress = (dns?: object) => policiesOf(objectsOf({ ...minimal, network: { dns } })).mirror.egress.slice(1);
  const at = (port: number) => ['UDP', 'TCP'].map((protocol) => ({ protocol, port }));
  const podsOf = (namespace: string, labels: object) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector: { matchLabels: labels },
  });
  const kubeDns = podsOf('kube-system', { 'k8s-app': 'kube-dns' });
  const address = (cidr: string) => ({ ipBlock: { cidr } });

  it.each([
    [undefined, { to: [kubeDns], ports: at(53) }],
    ['kube-dns', { to: [kubeDns], ports: at(53) }],
    ['node-local-dns', { to: [kubeDns, address('169.254.20.10/32')], ports: at(53) }],
    [
      'gke-node-local-dns',
      {
        to: [kubeDns, podsOf('kube-system', { 'k8s-app': 'node-local-dns' }), address('169.254.20.10/32')],
        ports: at(53),
      },
    ],
    ['gke-cloud-dns', { to: [address('169.254.169.254/32'), address('169.254.20.10/32')], ports: at(53) }],
    ['eks-auto-mode', { to: [address('172.20.0.10/32'), address('10.100.0.10/32')], ports: at(53) }],
    [
      'openshift',
      { to: [podsOf('openshift-dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' })], ports: at(5353) },
    ],
  ])('let mirrors ask the DNS service %s', (preset, rule) => {
    expect(egress(preset === undefined ? undefined : { preset })).toEqual([rule]);
  });

  it('let mirrors ask the servers that the user names beside those of the preset, each at its port only', () => {
    const pods = [
      { namespace: 'dns', labels: { app: 'dns', tier: 'front' }, port: 1053 },
      { namespace: 'dns', labels: { app: 'second' } },
    ];
    expect(egress({ preset: 'openshift', pods, addresses: ['10.0.0.10/32'] })).toEqual([
      { to: [podsOf('openshift-dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' })], ports: at(5353) },
      { to: [podsOf('dns', { app: 'dns', tier: 'front' })], ports: at(1053) },
      { to: [podsOf('dns', { app: 'second' }), address('10.0.0.10/32')], ports: at(53) },
    ]);
  });

  it('name each server once, also where the user repeats the preset', () => {
    expect(egress({ preset: 'node-local-dns', addresses: ['169.254.20.10/32'] })).toEqual([
      { to: [kubeDns, address('169.254.20.10/32')], ports: at(53) },
    ]);
  });

  it('let the named namespace, and only it, reach the metrics', () => {
    const { ingress } = policiesOf(objectsOf({ ...minimal, metrics: { from: [{ namespace: 'monitoring' }] } })).mirror;
    expect(ingress.slice(1)).toEqual([
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
            podSelector: {},
          },
        ],
        ports: [{ protocol: 'TCP', port: 5004 }],
      },
    ]);
  });

  it('are left out only when the user says so', () => {
    expect(kind(objectsOf({ ...minimal, network: { policies: false } }), 'NetworkPolicy')).toEqual([]);
    expect(kind(objectsOf({ ...minimal, network: {} }), 'NetworkPolicy')).toHaveLength(2);
  });

  const guarded = Object.entries(variants).filter(([, { authentication }]) => !authentication.permissive);
  it.each(guarded)('have no source that is an address, or anybody: %s', (_, props) => {
    for (const { spec } of plainPolicies(objectsOf(props))) {
      for (const { from, ports } of spec.ingress ?? []) {
        expect(from.length).toBeGreaterThan(0);
        expect(ports.length).toBeGreaterThan(0);
        for (const peer of from) {
          expect(peer.ipBlock).toBeUndefined();
          expect(peer.podSelector).toBeDefined();
        }
      }
    }
  });

  it('name no port of Spegel itself: after the redirect none is on the wire', () => {
    const text = JSON.stringify(kind(objectsOf(variants.everything ?? minimal), 'NetworkPolicy'));
    expect(text).not.toMatch(/"port":(5000|5001|9090|5445|5003|15001|15002)\b/);
  });

  it('cover every listener: what the proxy opens is either named or denied', () => {
    const objects = objectsOf(variants.everything ?? minimal);
    const named = policiesOf(objects).mirror.ingress.flatMap(({ ports }: Manifest) =>
      ports.map((p: Manifest) => p.port),
    );
    const opened = containersOf(podOf(objects)).flatMap(({ ports = [] }) => ports);
    expect(named).toEqual([5443, 5444, 5004]);
    // The entry is dialled by the pod's own node, which policies cannot deny; all others are denied.
    expect(opened.map(({ containerPort }: Manifest) => containerPort).sort()).toEqual([5004, 5445]);
  });
});
