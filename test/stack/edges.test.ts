import { checkSecuredStack } from '../../src/stack/check-secured-stack';

const right = {
  name: 'one',
  registries: ['docker.io'],
  authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
};

const a = (length: number) => 'a'.repeat(length);
const dns = (address: string) => ({ network: { dns: { addresses: [address] } } });
const clusterIp = (address: string) => ({ entry: { clusterIp: { address } } });
const loopback = (port: number) => ({ entry: { loopback: { port } } });
const label = (key: string, value = 'x') => ({ nodeSelector: { [key]: value } });
const issuer = (settings: object) => ({ authentication: { mutualTls: { issuer: settings } } });
const repository = (name: string) => ({ publicRepositories: [name] });

function isRight(props: object): boolean {
  return checkSecuredStack({ ...right, ...props }).length === 0;
}

it.each<object>([
  { name: a(63) },
  { namespace: 'mirror-kube-system' },
  { registries: [`${a(63)}.io`] },
  { registries: ['10.0.0.5'] },
  { registries: ['_default'], publicRepositories: ['quay.io/acme/app'] },
  { registries: ['_default', 'docker.io', 'ghcr.io'], publicRepositories: ['quay.io/acme/app', 'docker.io/acme/app'] },
  repository('docker.io/acme/a.b_c__d---e'),
  repository('docker.io/acme/app/deeper/*'),
  { publicRepositories: ['docker.io/acme/app/*', 'docker.io/acme/app'] },
  { publicRepositories: ['docker.io/acme/app/*', 'docker.io/acme/application'] },
  issuer({ ref: { name: 'a', kind: 'ClusterIssuer' } }),
  issuer({ ref: { name: 'a', kind: 'ClusterIssuer', group: 'issuers.example.com' } }),
  issuer({ caSecret: `${a(126)}.${a(126)}` }),
  loopback(1),
  loopback(65_535),
  loopback(32_767),
  { entry: { clusterIp: { address: '10.96.0.30', port: 6443 } } },
  clusterIp('1.0.0.1'),
  clusterIp('126.0.0.1'),
  clusterIp('169.253.0.1'),
  clusterIp('170.254.0.1'),
  clusterIp('223.255.255.254'),
  {
    images: {
      iptables: { repository: 'r.example.com:5000/iptables', tag: 'latest-ish', digest: `sha256:${'0'.repeat(64)}` },
    },
  },
  { images: { registryPrefix: 'r.example.com', spegel: { tag: 'v1' } } },
  { images: { spegel: { tag: 'distroless' } } },
  { imagePullSecrets: ['my.registry-1'] },
  { limits: { connectionsPerSource: 256, connections: 256 } },
  { limits: { connectionsPerSource: 10_000 } },
  dns('10.0.0.10/32'),
  dns('10.0.0.0/8'),
  dns('fd00::a/128'),
  { network: { policies: false } },
  { network: { policies: false }, metrics: { from: [{ namespace: 'monitoring' }] } },
  label(a(63), a(63)),
  label('a.example.com/b_c.D', ''),
  label('kubernetes.io/os', 'linux'),
  { tolerations: [{ operator: 'Exists' }, { key: 'a', value: '' }, { key: 'a.example.com/b', operator: 'Exists' }] },
  { containerd: { registryConfig: '/etc/certs..d' } },
])('allows %j', (props) => {
  expect(isRight(props)).toBe(true);
});

it.each<object>([
  { name: a(64) },
  { name: undefined, namespace: 'kube-flannel' },
  { registries: ['docker.io', '10.0.0.5.'] },
  { registries: ['*.gcr.io'] },
  { registries: ['_default', '_default'] },
  repository('docker.io/acme/a..b'),
  repository('docker.io/acme/a___b'),
  repository('docker.io/acme/'),
  repository('docker.io/acme/**'),
  repository('docker.io/acme/app:'),
  issuer({ caSecret: undefined }),
  issuer({ caSecret: `${a(127)}.${a(126)}` }),
  issuer({ caSecret: 'a..b' }),
  ...[2379, 2380, 6443, 10_250, 10_255, 10_256, 0, 65_536].map(loopback),
  clusterIp('0.1.2.3'),
  clusterIp('127.255.255.254'),
  clusterIp('239.255.255.255'),
  clusterIp('240.0.0.1'),
  clusterIp('255.255.255.255'),
  clusterIp('010.0.0.1'),
  { limits: { connectionsPerSource: 10_001 } },
  dns('10.0.0.10/33'),
  dns('10.0.0.10/08'),
  dns('10.0.0.10/'),
  dns('10.0.0.10/8/8'),
  dns('fd00::a/129'),
  dns('fe80::1%eth0/64'),
  dns('/8'),
  dns('10.0.0.0/7'),
  dns('0.0.0.0/0'),
  { network: { dns: { addresses: ['10.0.0.10/32', '10.0.0.10/32'] } } },
  { network: { policies: false, dns: {} } },
  label(a(64)),
  label('a/b/c'),
  label('/b'),
  label('a/'),
  label('A.example.com/b'),
  label('b', a(64)),
  label('b', 'c-'),
  { tolerations: [{ operator: 'Equal' }] },
  { containerd: { socket: '/run//containerd.sock' } },
  { containerd: { socket: '/run/./containerd.sock' } },
  { containerd: { registryConfig: '/etc/certs.d/' } },
  { containerd: { registryConfig: '/var/lib/containerd/io.containerd.content.v1.content' } },
  { containerd: { registryConfig: '/run/k3s/containerd/containerd.sock' }, platform: 'k3s' },
])('fails with %j', (props) => {
  expect(isRight(props)).toBe(false);
});
