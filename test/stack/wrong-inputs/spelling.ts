import { type WrongInput, withMutualTls, withSettings } from './wrong-input';

/** Names, paths and images that are misspelt. */
export const spelling: WrongInput[] = [
  {
    title: 'a name in upper case',
    text: `clusters:
  - name: One
    registries: [docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
`,
    errors: [
      `2:11: clusters[0].name: got "One"; expected a DNS label: at most 63 lower-case letters, digits and '-', with a letter or digit at both ends`,
    ],
  },
  {
    title: 'a namespace with a dot',
    text: withSettings('namespace: my.mirror'),
    errors: [
      `5:16: clusters[0].namespace: got "my.mirror"; expected a DNS label: at most 63 lower-case letters, digits and '-', with a letter or digit at both ends`,
    ],
  },
  {
    title: 'a trust domain in upper case',
    text: withMutualTls('{issuer: {caSecret: mirror-ca}, trustDomain: Example.com}'),
    errors: [
      '4:78: clusters[0].authentication.mutualTls.trustDomain: got "Example.com"; expected a DNS name in lower case, such as production or cluster.example.com',
    ],
  },
  {
    title: 'a trust domain that is too long',
    text: withMutualTls(`{issuer: {caSecret: mirror-ca}, trustDomain: ${'a'.repeat(254)}}`),
    errors: [
      '4:78: clusters[0].authentication.mutualTls.trustDomain: got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…"; expected at most 253 characters',
    ],
  },
  {
    title: 'a kind in lower case',
    text: withMutualTls('{issuer: {ref: {name: ca, kind: issuer}}}'),
    errors: [
      '4:65: clusters[0].authentication.mutualTls.issuer.ref.kind: got "issuer"; expected a kind, such as Issuer or ClusterIssuer',
    ],
  },
  {
    title: 'a relative path',
    text: withSettings('containerd: {registryConfig: certs.d}'),
    errors: [
      `5:34: clusters[0].containerd.registryConfig: got "certs.d"; expected an absolute path, without spaces and ':', such as /etc/containerd/certs.d`,
    ],
  },
  {
    title: 'a digest without its algorithm',
    text: withSettings('images: {spegel: {digest: 0123abc}}'),
    errors: [
      '5:31: clusters[0].images.spegel.digest: got "0123abc"; expected a digest: sha256: and 64 hexadecimal digits in lower case',
    ],
  },
  {
    title: 'an image with its tag',
    text: withSettings('images: {envoy: {repository: "envoyproxy/envoy:v1.40.0"}}'),
    errors: [
      `5:34: clusters[0].images.envoy.repository: got "envoyproxy/envoy:v1.40.0"; expected an image name with its registry, such as ghcr.io/spegel-org/spegel; what stands behind ':' or '@' goes under the keys tag and digest beside it`,
    ],
  },
  {
    title: 'an IPv6 address',
    text: withSettings('entry: {clusterIp: {address: "fd00::1"}}'),
    errors: ['5:34: clusters[0].entry.clusterIp.address: got "fd00::1"; expected an IPv4 address, such as 10.96.0.30'],
  },
];
