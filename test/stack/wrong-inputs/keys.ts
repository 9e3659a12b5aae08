import { CLUSTER_KEYS, type WrongInput, withMutualTls, withSettings } from './wrong-input';

/** Keys that are missing, unknown or elsewhere. */
export const keys: WrongInput[] = [
  {
    title: 'no clusters',
    text: `{}
`,
    errors: ['1:1: clusters: missing; expected a list of mappings: the clusters'],
  },
  {
    title: 'an empty list of clusters',
    text: `clusters: []
`,
    errors: ['1:11: clusters: got an empty list; expected at least one item'],
  },
  {
    title: 'an empty cluster',
    text: `clusters:
  -
`,
    errors: [`2:4: clusters[0]: got nothing; expected a mapping with the keys ${CLUSTER_KEYS}`],
  },
  {
    title: 'a cluster without anything',
    text: `clusters:
  - {}
`,
    errors: [
      '2:5: clusters[0].name: missing; expected a text: name of the cluster, unique in the file: a DNS label',
      '2:5: clusters[0].registries: missing; expected a list of texts: registries whose images the mirror serves, by the host name that image references carry and without a port (containerd labels content by host name alone, so Spegel has nothing to advertise for `host:5000`)',
      '2:5: clusters[0].authentication: missing; expected a mapping with the keys mutualTls, basic, present, permissive: how nodes and mirrors prove who they are',
    ],
  },
  {
    title: 'a misspelt key',
    text: withSettings('platfrom: k3s'),
    errors: [
      `5:5: clusters[0].platfrom: there is no such key here; did you mean platform? known here: ${CLUSTER_KEYS}`,
    ],
  },
  {
    title: 'a key in other letters',
    text: withSettings('node-selector: {}'),
    errors: [
      `5:5: clusters[0].node-selector: there is no such key here; did you mean nodeSelector? known here: ${CLUSTER_KEYS}`,
    ],
  },
  {
    title: 'a misspelt key that is needed',
    text: `clusters:
  - nmae: one
    registries: [docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
`,
    errors: [`2:5: clusters[0].nmae: there is no such key here; did you mean name? known here: ${CLUSTER_KEYS}`],
  },
  {
    title: 'a key that nobody knows',
    text: withSettings('replicas: 3'),
    errors: [
      `5:5: clusters[0].replicas: there is no such key here; known here: ${CLUSTER_KEYS}; what has no key goes into patches`,
    ],
  },
  {
    title: 'a key that belongs deeper',
    text: withSettings('issuer: {caSecret: mirror-ca}'),
    errors: [
      `5:5: clusters[0].issuer: there is no such key here; it belongs under authentication.mutualTls; known here: ${CLUSTER_KEYS}`,
    ],
  },
  {
    title: 'a key that belongs to several places',
    text: withSettings('entry: {port: 30020}'),
    errors: [
      '5:13: clusters[0].entry.port: there is no such key here; it belongs under entry.loopback or entry.clusterIp; known here: loopback, clusterIp',
    ],
  },
  {
    title: 'a key that belongs to the cluster',
    text: withSettings('network: {dualStack: true}'),
    errors: [
      '5:15: clusters[0].network.dualStack: there is no such key here; it belongs under the cluster itself; known here: policies, dns, cidrs, cni, hostFirewall, extraIngress, extraEgress',
    ],
  },
  {
    title: 'a key of clusters beside them',
    text: `registries: [docker.io]
clusters:
  - name: one
    registries: [docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
`,
    errors: [
      '1:1: registries: there is no such key here; it belongs under defaults or an item of clusters; known here: defaults, clusters, x-…',
    ],
  },
  {
    title: 'a key of a toleration',
    text: withSettings('effect: NoSchedule'),
    errors: [
      `5:5: clusters[0].effect: there is no such key here; it belongs under an item of tolerations; known here: ${CLUSTER_KEYS}`,
    ],
  },
  {
    title: 'an empty issuer',
    text: withMutualTls('{issuer: {}}'),
    errors: ['4:42: clusters[0].authentication.mutualTls.issuer: caSecret or ref is missing: name one'],
  },
  {
    title: 'a reference without a name',
    text: withMutualTls('{issuer: {ref: {kind: ClusterIssuer}}}'),
    errors: ['4:48: clusters[0].authentication.mutualTls.issuer.ref.name: missing; expected a text: its name'],
  },
  {
    title: 'nobody who may read the metrics',
    text: withSettings('metrics: {}'),
    errors: [
      '5:14: clusters[0].metrics.from: missing; expected a list of mappings: the pods that they are scraped from: a namespace, and the labels of the pods where others live there too',
    ],
  },
  {
    title: 'the metrics in the form of a namespace alone',
    text: withSettings('metrics: {from: [monitoring]}'),
    errors: [
      '5:22: clusters[0].metrics.from[0]: got "monitoring"; expected a mapping with the keys namespace, podLabels',
    ],
  },
  {
    title: 'no address of a ClusterIP',
    text: withSettings('entry: {clusterIp: {port: 30020}}'),
    errors: [
      "5:24: clusters[0].entry.clusterIp.address: missing; expected a text: a free IPv4 address of the cluster's Service range",
    ],
  },
];
