import {
  CREDENTIAL_SECRET,
  DEFAULT_NAMESPACE,
  identitySecret,
  METRICS_CREDENTIAL_SECRET,
} from '../../kubernetes/names';

/**
 * The default of each setting of the mirror, for `resolveMirror` and for rules that compare a setting with one that is left out. The
 * comments of the props repeat these values for readers; test/stack/defaults.test.ts compares them.
 */
export const mirrorDefaults = {
  namespace: DEFAULT_NAMESPACE,
  publicRepositories: [],
  entry: { address: '127.0.0.1', port: 30020 },
  platform: 'containerd',
  imagePullSecrets: [],
  priorityClassName: 'system-node-critical',
  imagePullPolicy: 'IfNotPresent',
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '10%' } },
  logLevel: { proxy: 'warning', spegel: 'info', nodeAgent: 'info' },
  /** The proxy's memory limit is computed. */
  resources: {
    proxy: { requests: { cpu: '20m', memory: '48Mi' } },
    spegel: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '512Mi' } },
    nodeAgent: { requests: { cpu: '10m', memory: '8Mi' }, limits: { memory: '256Mi' } },
    redirect: { requests: { cpu: '10m', memory: '8Mi' }, limits: { memory: '64Mi' } },
    nodeReadinessReporter: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } },
  },
  limits: { connectionsPerSource: 64, entryConnections: 4096, connections: 10_000, requests: 512 },
  accessLog: { percent: 100, refusedPercent: 10 },
  policies: true,
  cidrs: { nodes: [], pods: [], services: [] },
  hostFirewall: false,
  extraIngress: [],
  extraEgress: [],
  extraProtocol: 'TCP',
  dns: { preset: 'kube-dns', pods: [], addresses: [], port: 53 },
  apiServerPort: 6443,
  dryRun: false,
  metricsCredentialSecret: METRICS_CREDENTIAL_SECRET,
  tolerations: [{ operator: 'Exists' }],
  dualStack: false,
  permissive: false,
  issuer: { name: 'mirror', kind: 'Issuer', group: 'cert-manager.io' },
  certificates: { duration: '720h', keyAlgorithm: 'ECDSA-P256' },
  secrets: { peer: identitySecret('peer'), node: identitySecret('node'), server: identitySecret('server') },
  trustKey: 'ca.crt',
  credentialSecret: CREDENTIAL_SECRET,
  /** The kubelet's sync period of a minute and its cache, with a margin. */
  propagationSeconds: 180,
  externalSecret: {
    storeKind: 'SecretStore',
    usernameProperty: 'username',
    passwordProperty: 'password',
    refreshInterval: '1h',
  },
} as const;
