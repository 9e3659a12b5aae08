import { type WrongInput, withSettings } from './wrong-input';

/** Settings that are impossible or contradict each other. */
export const contradictions: WrongInput[] = [
  {
    title: 'a namespace of Kubernetes',
    text: withSettings('namespace: kube-system'),
    errors: [
      `5:16: clusters[0].namespace: got "kube-system"; all traffic of the mirror's namespace is denied by default, so it must be its own, such as secured-mirror`,
    ],
  },
  {
    title: 'the namespace of cert-manager',
    text: withSettings('namespace: cert-manager'),
    errors: [
      `5:16: clusters[0].namespace: got "cert-manager"; all traffic of the mirror's namespace is denied by default, so it must be its own, such as secured-mirror`,
    ],
  },
  {
    title: 'two entries',
    text: withSettings('entry: {loopback: {}, clusterIp: {address: 10.96.0.30}}'),
    errors: ['5:12: clusters[0].entry: loopback and clusterIp contradict each other: keep one'],
  },
  {
    title: 'no entry',
    text: withSettings('entry: {}'),
    errors: ['5:12: clusters[0].entry: loopback or clusterIp is missing: name one, or leave entry out for loopback'],
  },
  {
    title: 'a ClusterIP on loopback',
    text: withSettings('entry: {clusterIp: {address: 127.0.0.1}}'),
    errors: [
      `5:34: clusters[0].entry.clusterIp.address: got "127.0.0.1"; an address of 127.0.0.0/8 (loopback) cannot be a Service's: choose a free one of the cluster's Service range`,
    ],
  },
  {
    title: 'a ClusterIP that is link-local',
    text: withSettings('entry: {clusterIp: {address: 169.254.20.10}}'),
    errors: [
      `5:34: clusters[0].entry.clusterIp.address: got "169.254.20.10"; an address of 169.254.0.0/16 (link-local) cannot be a Service's: choose a free one of the cluster's Service range`,
    ],
  },
  {
    title: 'a ClusterIP that is multicast',
    text: withSettings('entry: {clusterIp: {address: 224.0.0.1}}'),
    errors: [
      `5:34: clusters[0].entry.clusterIp.address: got "224.0.0.1"; an address of 224.0.0.0/4 (multicast) cannot be a Service's: choose a free one of the cluster's Service range`,
    ],
  },
  {
    title: 'a ClusterIP that is reserved',
    text: withSettings('entry: {clusterIp: {address: 240.0.0.1}}'),
    errors: [
      `5:34: clusters[0].entry.clusterIp.address: got "240.0.0.1"; an address of 240.0.0.0/4 (reserved) cannot be a Service's: choose a free one of the cluster's Service range`,
    ],
  },
  {
    title: 'a ClusterIP that is nowhere',
    text: withSettings('entry: {clusterIp: {address: 0.0.0.0}}'),
    errors: [
      `5:34: clusters[0].entry.clusterIp.address: got "0.0.0.0"; an address of 0.0.0.0/8 (this host) cannot be a Service's: choose a free one of the cluster's Service range`,
    ],
  },
  {
    title: "the kubelet's port",
    text: withSettings('entry: {loopback: {port: 10250}}'),
    errors: [
      '5:30: clusters[0].entry.loopback.port: got 10250; on nodes this port belongs to the kubelet: choose another, or leave it out for 30020',
    ],
  },
  {
    title: 'a repository and a prefix',
    text: withSettings('images: {registryPrefix: r.example.com, spegel: {repository: r.example.com/s}}'),
    errors: [
      '5:66: clusters[0].images.spegel.repository: got "r.example.com/s"; it contradicts images.registryPrefix, which takes the place of the official registry: keep one',
    ],
  },
  {
    title: 'a tag that moves',
    text: withSettings('images: {spegel: {tag: latest}}'),
    errors: ['5:28: clusters[0].images.spegel.tag: got "latest"; nodes would run different versions: name a version'],
  },
  {
    title: 'an Envoy without a shell',
    text: withSettings('images: {envoy: {tag: distroless-v1.40.0}}'),
    errors: [
      '5:27: clusters[0].images.envoy.tag: got "distroless-v1.40.0"; the node agent runs in this image too and needs its shell: name one that is not distroless',
    ],
  },
  {
    title: 'a Secret that cannot exist',
    text: withSettings('imagePullSecrets: [My_Registry]'),
    errors: [
      '5:24: clusters[0].imagePullSecrets[0]: got "My_Registry"; expected the name of a Secret, such as my-registry',
    ],
  },
  {
    title: 'a Secret twice',
    text: withSettings('imagePullSecrets: [one, one]'),
    errors: ['5:29: clusters[0].imagePullSecrets[1]: got "one"; it is in the list already, as imagePullSecrets[0]'],
  },
  {
    title: 'nodes without a mirror that would wait for one',
    text: withSettings(
      'nodeReadiness: {apiServer: {addresses: [192.0.2.1/32]}}\n    affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: pool, operator: Exists}]}]}}}',
    ),
    errors: [
      '6:15: clusters[0].affinity: with nodeReadiness, nodes that get no mirror would wait for one for good: choose nodes by nodeSelector',
    ],
  },
  {
    title: 'more connections from one source than in all',
    text: withSettings('limits: {connectionsPerSource: 512, connections: 256}'),
    errors: [
      '5:36: clusters[0].limits.connectionsPerSource: got 512; one source could hold all of the 256 connections (limits.connections): make it smaller',
    ],
  },
];
