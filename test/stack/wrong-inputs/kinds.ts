import { type WrongInput, withRegistries, withSettings } from './wrong-input';

/** Values of the wrong kind or size. */
export const kinds: WrongInput[] = [
  {
    title: 'a text for a list',
    text: withRegistries('docker.io'),
    errors: [
      `3:17: clusters[0].registries: got "docker.io"; expected a list of texts: put each on a line of its own, after '- '`,
    ],
  },
  {
    title: 'a number in a list of texts',
    text: withRegistries('[docker.io, 5000]'),
    errors: ['3:29: clusters[0].registries[1]: got 5000; expected a text: put it in quotes'],
  },
  {
    title: 'nothing in a list',
    text: withRegistries('[docker.io, ]\n    imagePullSecrets:\n      -'),
    errors: ['5:8: clusters[0].imagePullSecrets[0]: got nothing; expected a text'],
  },
  {
    title: 'nothing for a mapping',
    text: withSettings('limits:'),
    errors: [
      '5:5: clusters[0].limits: got nothing; expected a mapping with the keys connectionsPerSource, entryConnections, connections, requests, servedMebibytesPerSecond, fetchedMebibytesPerSecond',
    ],
  },
  {
    title: 'a share for a percentage',
    text: withSettings('accessLog: {percent: 0.5, refusedPercent: 0}'),
    errors: [
      '5:26: clusters[0].accessLog.percent: got 0.5; expected a whole number from 1 to 100',
      '5:47: clusters[0].accessLog.refusedPercent: got 0; expected a whole number from 1 to 100',
    ],
  },
  {
    title: 'a list for a mapping',
    text: withSettings('entry: [loopback]'),
    errors: ['5:12: clusters[0].entry: got a list; expected a mapping with the keys loopback, clusterIp'],
  },
  {
    title: 'a text for a mapping',
    text: withSettings('entry: loopback'),
    errors: ['5:12: clusters[0].entry: got "loopback"; expected a mapping with the keys loopback, clusterIp'],
  },
  {
    title: 'a number for a name',
    text: `clusters:
  - name: 1
    registries: [docker.io]
    authentication: {mutualTls: {issuer: {caSecret: mirror-ca}}}
`,
    errors: ['2:11: clusters[0].name: got 1; expected a text: put it in quotes'],
  },
  {
    title: 'a quoted number',
    text: withSettings('entry: {loopback: {port: "30020"}}'),
    errors: [
      '5:30: clusters[0].entry.loopback.port: got "30020"; expected a whole number from 1 to 65535: take the quotes away',
    ],
  },
  {
    title: 'a broken number',
    text: withSettings('entry: {loopback: {port: 30020.5}}'),
    errors: ['5:30: clusters[0].entry.loopback.port: got 30020.5; expected a whole number from 1 to 65535'],
  },
  {
    title: 'a port that is too small',
    text: withSettings('entry: {loopback: {port: 0}}'),
    errors: ['5:30: clusters[0].entry.loopback.port: got 0; expected a whole number from 1 to 65535'],
  },
  {
    title: 'a port that is too large',
    text: withSettings('entry: {clusterIp: {address: 10.96.0.30, port: 65536}}'),
    errors: ['5:52: clusters[0].entry.clusterIp.port: got 65536; expected a whole number from 1 to 65535'],
  },
  {
    title: 'yes',
    text: withSettings('dualStack: yes'),
    errors: ['5:16: clusters[0].dualStack: got "yes"; expected true or false: YAML 1.2 reads this as a text'],
  },
  {
    title: 'a number for true',
    text: withSettings('network: {policies: 1}'),
    errors: ['5:25: clusters[0].network.policies: got 1; expected true or false'],
  },
  {
    title: 'a platform that is not known',
    text: withSettings('platform: openshift'),
    errors: [
      '5:15: clusters[0].platform: got "openshift"; expected one of containerd, k3s, rke2, k0s, microk8s, talos, eks, gke, aks, kind',
    ],
  },
  {
    title: 'a misspelt platform',
    text: withSettings('platform: K3S'),
    errors: [
      '5:15: clusters[0].platform: got "K3S"; expected one of containerd, k3s, rke2, k0s, microk8s, talos, eks, gke, aks, kind: did you mean k3s?',
    ],
  },
  {
    title: 'a misspelt operator',
    text: withSettings('tolerations: [{operator: exists}]'),
    errors: [
      '5:30: clusters[0].tolerations[0].operator: got "exists"; expected one of Equal, Exists: did you mean Exists?',
    ],
  },
  {
    title: 'true as the value of a label',
    text: withSettings('nodeSelector: {mirror: true}'),
    errors: ['5:28: clusters[0].nodeSelector.mirror: got true; expected a text: put it in quotes'],
  },
  {
    title: 'a limit that is too small',
    text: withSettings(
      'limits: {requests: 1, servedMebibytesPerSecond: 0, entryConnections: 63, fetchedMebibytesPerSecond: fast}',
    ),
    errors: [
      '5:24: clusters[0].limits.requests: got 1; expected a whole number from 16 to 100000',
      '5:53: clusters[0].limits.servedMebibytesPerSecond: got 0; expected a whole number from 1 to 100000',
      '5:74: clusters[0].limits.entryConnections: got 63; expected a whole number from 64 to 100000',
      '5:105: clusters[0].limits.fetchedMebibytesPerSecond: got "fast"; expected a whole number from 1 to 100000',
    ],
  },
  {
    title: 'no registries',
    text: withRegistries('[]'),
    errors: ['3:17: clusters[0].registries: got an empty list; expected at least one item'],
  },
];
