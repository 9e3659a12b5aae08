import { App, Chart } from 'cdk8s';
import { Entry } from '../src/config/entry-props';
import type { SecuredStackProps } from '../src/config/secured-stack-props';
import { SecuredStack } from '../src/secured-stack';

/** A Kubernetes object, or any part of one, as it goes into a manifest. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into plain YAML
export type Manifest = any;

/** The least that a stack needs. */
export const minimal: SecuredStackProps = {
  name: 'test',
  registries: ['docker.io', 'ghcr.io'],
  authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
};

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
    network: { dnsAddresses: ['169.254.20.10/32'] },
    metrics: { namespace: 'monitoring' },
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
    metrics: { namespace: 'monitoring', credentialSecret: 'mirror-metrics-credential' },
  },
  bothPresentingBasic: {
    ...minimal,
    authentication: {
      mutualTls,
      basic: { credential: { externalSecret: { store: 'vault', key: 'mirror' } }, settleSeconds: 60 },
      present: 'basic',
    },
  },
  bothPresentingMutualTls: { ...minimal, authentication: { mutualTls, basic, present: 'mutualTls' } },
  shadow: { ...minimal, authentication: { mutualTls, shadow: true } },
  ownCertificates: { ...minimal, authentication: { mutualTls: { secrets: { peer: 'our-peer' } } } },
  trust: { ...minimal, authentication: { mutualTls: { ...mutualTls, trust: { configMap: 'mirror-trust' } } } },
  gke: { ...minimal, platform: 'gke' },
  k3s: { ...minimal, platform: 'k3s' },
};

/** A stack in a chart of its own. */
export function chartOf(props: SecuredStackProps): Chart {
  const chart = new Chart(new App(), 'test');
  new SecuredStack(chart, 'stack', props);
  return chart;
}

/** All objects of a stack. */
export function objectsOf(props: SecuredStackProps): Manifest[] {
  return chartOf(props).toJson();
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
