import { App, Chart } from 'cdk8s';
import { Entry } from '../src/mirror/props/entry-props';
import { SecuredStack } from '../src/stack/secured-stack';
import type { SecuredStackProps } from '../src/stack/secured-stack-props';
import type { OrganizationTokensProps } from '../src/tokens/props/organization-tokens-props';

/** A Kubernetes object, or any part of one, as it goes into a manifest. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into plain YAML
export type Manifest = any;

/** The least that a stack needs. */
export const minimal: SecuredStackProps = {
  name: 'test',
  registries: ['docker.io', 'ghcr.io'],
  authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
};

/** Tokens with every setting: the four purposes, a robot account of another registry, a credential provider, an account that ends. */
export const tokens: OrganizationTokensProps[] = [
  {
    organization: 'kong',
    quota: { plan: 'team', others: 1 },
    pull: [
      {
        purpose: 'kubernetes-ingress-controller pull',
        repositories: ['kong/kubernetes-ingress-controller'],
        owner: 'team-kubernetes',
        created: '2025-05-01',
        expires: '2025-10-01',
        bindTo: [{ namespace: 'kong', serviceAccounts: ['kong-controller', 'kong-gateway'] }],
        mirror: true,
        previousSecret: 'release-pull-old',
        holders: [
          { kind: 'Group', name: 'kubernetes-admins' },
          { kind: 'ServiceAccount', name: 'auditor', namespace: 'audit' },
        ],
      },
      {
        purpose: 'nightly-ingress-controller pull',
        repositories: ['kong/nightly-ingress-controller'],
        owner: 'team-kubernetes',
        bindTo: [
          { namespace: 'kong', serviceAccounts: ['kong-controller'], inject: true },
          { namespace: 'nightly', serviceAccounts: ['default'] },
        ],
        externalSecret: { store: 'vault', key: 'registry/nightly' },
        usedBy: { workflows: ['test_nightly.yaml'], developers: ['team-kubernetes'] },
      },
    ],
    push: [
      {
        purpose: 'kubernetes-ingress-controller push',
        repositories: ['kong/kubernetes-ingress-controller'],
        owner: 'team-release',
        mayDelete: true,
        usedBy: { workflows: ['release.yaml'] },
      },
      {
        purpose: 'nightly-ingress-controller push',
        repositories: ['kong/nightly-ingress-controller'],
        owner: 'team-release',
        workload: { namespace: 'builds', serviceAccount: 'nightly-builder' },
        externalSecret: { store: 'vault', key: 'registry/nightly-push', refreshInterval: '5m' },
      },
    ],
    sharedAccount: {
      user: 'kongteam',
      secret: 'shared-registry-account',
      retireBy: '2025-06-15',
      extension: { until: '2999-12-31', reason: 'the gateway team moves in the new year' },
      usedBy: {
        serviceAccounts: [
          { namespace: 'kong', names: ['kong-gateway'] },
          { namespace: 'legacy', names: ['default'] },
        ],
        workflows: ['old.yaml'],
      },
    },
  },
  {
    organization: 'acme',
    registry: 'harbor.example.com',
    driver: 'harbor',
    pull: [{ purpose: 'tools pull', repositories: ['acme/tools'], owner: 'tools', bindTo: [], mirror: true }],
  },
  {
    organization: '123456789012',
    registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
    pull: [
      {
        purpose: 'apps pull',
        repositories: ['apps/web'],
        owner: 'web',
        bindTo: [{ namespace: 'web', serviceAccounts: ['default'] }],
        credentialProvider: 'ecr-credential-provider',
      },
    ],
  },
];

const mutualTls = { issuer: { caSecret: 'mirror-ca' } };
const basic = { credential: { secret: 'mirror-credential' } };

/** Stacks that differ in every feature which changes what is emitted. */
export const variants: { [name: string]: SecuredStackProps } = {
  minimal,
  everything: {
    ...minimal,
    namespace: 'images',
    registries: ['docker.io', 'registry.example.com'],
    publicRepositories: ['docker.io/library/*', 'registry.example.com/base/tools'],
    authentication: {
      mutualTls: { issuer: { ref: { name: 'org', kind: 'ClusterIssuer' } }, trustDomain: 'prod.example.com' },
    },
    entry: Entry.loopback(31000),
    images: { registryPrefix: 'registry.example.com/mirror', spegel: { digest: `sha256:${'a'.repeat(64)}` } },
    imagePullSecrets: ['pull'],
    limits: { connectionsPerSource: 100, connections: 5000, requests: 200, servedMebibytesPerSecond: 50 },
    network: {
      dns: {
        preset: 'gke-node-local-dns',
        pods: [{ namespace: 'dns', labels: { app: 'dns' }, port: 5353 }],
        addresses: ['10.0.0.10/32'],
      },
    },
    metrics: { from: [{ namespace: 'monitoring' }] },
    nodeSelector: { mirror: 'yes' },
    tolerations: [{ key: 'dedicated', operator: 'Exists', effect: 'NoSchedule' }],
    dualStack: true,
  },
  clusterIp: { ...minimal, entry: Entry.clusterIp('10.96.77.77') },
  allRegistries: { ...minimal, registries: ['_default'], publicRepositories: ['docker.io/library/alpine'] },
  withoutPolicies: { ...minimal, network: { policies: false } },
  basic: {
    ...minimal,
    authentication: { basic },
    metrics: { from: [{ namespace: 'monitoring' }], credentialSecret: 'mirror-metrics-credential' },
  },
  bothPresentingBasic: {
    ...minimal,
    authentication: {
      mutualTls,
      basic: { credential: { externalSecret: { store: 'vault', key: 'mirror' } }, propagationSeconds: 60 },
      present: 'basic',
    },
  },
  bothPresentingMutualTls: { ...minimal, authentication: { mutualTls, basic, present: 'mutualTls' } },
  permissive: { ...minimal, authentication: { mutualTls, permissive: true } },
  ownCertificates: { ...minimal, authentication: { mutualTls: { secrets: { peer: 'our-peer' } } } },
  trust: { ...minimal, authentication: { mutualTls: { ...mutualTls, trust: { configMap: 'mirror-trust' } } } },
  tokens: { ...minimal, today: '2025-06-01', imagePullSecrets: ['pull'], tokens },
  monitoring: {
    ...minimal,
    tokens,
    metrics: { from: [{ namespace: 'monitoring' }] },
    monitoring: { podMonitor: true, rules: true, interval: '1m', labels: { release: 'prometheus' } },
  },
  dashboard: {
    ...minimal,
    metrics: { from: [{ namespace: 'monitoring' }] },
    monitoring: { rules: true, dashboard: true },
  },
  nodeReadiness: { ...minimal, nodeReadiness: { apiServer: { addresses: ['10.0.0.4/32', '10.0.0.5/32'], port: 443 } } },
  guards: {
    ...minimal,
    network: { cidrs: { nodes: ['10.0.0.0/16', 'fd01::/64'], pods: ['10.244.0.0/16'], services: ['10.96.0.0/12'] } },
    guards: {
      action: 'Warn',
      webhooks: {
        action: 'Deny',
        allowedHosts: ['hooks.example.com', '127.0.0.1:23443'],
        publicHosts: true,
        allowedServices: ['kube-system/kubelet'],
        endpointControllers: ['system:serviceaccount:knative-serving:controller'],
      },
      probes: { exceptNamespaces: ['kube-system'] },
      mirrorNamespace: { operators: { groups: ['platform'], fieldManagers: ['kubectl'] } },
      privateRepositories: { action: 'Audit' },
      certificates: { approverPolicy: true },
    },
  },
  cilium: {
    ...minimal,
    metrics: { from: [{ namespace: 'monitoring' }] },
    nodeReadiness: { apiServer: { addresses: ['10.0.0.4/32'] } },
    network: { cni: 'cilium', hostFirewall: true, dns: { preset: 'gke-node-local-dns' } },
  },
  calico: {
    ...minimal,
    metrics: { from: [{ namespace: 'monitoring' }] },
    nodeReadiness: { apiServer: { addresses: ['10.0.0.4/32'] } },
    network: { cni: 'calico', dns: { preset: 'gke-node-local-dns' } },
  },
  accessLog: { ...minimal, accessLog: { percent: 50 } },
  gke: { ...minimal, platform: 'gke' },
  k3s: { ...minimal, platform: 'k3s' },
};

/** A stack in a chart of its own. */
export function chartOf(props: SecuredStackProps): Chart {
  const chart = new Chart(new App(), 'test');
  new SecuredStack(chart, 'stack', props);
  return chart;
}

/** All objects of a stack, of its own chart first. */
export function objectsOf(props: SecuredStackProps): Manifest[] {
  return chartOf(props)
    .node.findAll()
    .filter(Chart.isChart)
    .flatMap((chart) => chart.toJson());
}

/** Objects of one kind. */
export function kind(objects: Manifest[], name: string): Manifest[] {
  return objects.filter((object) => object.kind === name);
}

/** The DaemonSet's pod. */
export function podOf(objects: Manifest[]): Manifest {
  return kind(objects, 'DaemonSet')[0].spec.template.spec;
}

/** All containers of a pod, in the order in which they start. */
export function containersOf(pod: Manifest): Manifest[] {
  return [...pod.initContainers, ...pod.containers];
}

/** A file of Envoy's configuration. */
export function envoyFile(objects: Manifest[], file: string): Manifest {
  const config = kind(objects, 'ConfigMap').find((object) => object.metadata.name === 'mirror-auth-proxy');
  return JSON.parse(config.data[file]);
}

/** Envoy's listeners, by name. */
export function listenersOf(objects: Manifest[]): { [name: string]: Manifest } {
  const { resources } = envoyFile(objects, 'listeners.json');
  return Object.fromEntries(resources.map((listener: Manifest) => [listener.name, listener]));
}
