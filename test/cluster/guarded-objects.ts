import { NAMESPACE } from './kubectl';

/** Addresses that the guards of the test are told to be the cluster's: no real ones, as objects are never made. */
export const cidrs = { nodes: ['10.201.0.0/24', 'fd01::/64'], pods: ['10.202.0.0/16'], services: ['10.203.0.0/16'] };

/** What the API server calls. */
type Target = { url: string } | { service: { namespace: string; name: string } };

/** The Service of a tenant, and one of the mirror. */
export const theirs = { service: { namespace: 'default', name: 'hooks' } };
export const ours = { service: { namespace: NAMESPACE, name: 'mirror-peers' } };

/** A webhook for each target. */
export function webhooks(kind: 'Validating' | 'Mutating', ...targets: Target[]) {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: `${kind}WebhookConfiguration`,
    metadata: { name: 'guard-test' },
    webhooks: targets.map((clientConfig, index) => ({
      name: `hook-${index}.example.com`,
      clientConfig,
      rules: [],
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      failurePolicy: 'Ignore',
    })),
  };
}

/** A webhook at a URL with this host. */
export function at(host: string) {
  return webhooks('Validating', { url: `https://${host}/hook` });
}

export function apiService({ service }: typeof ours) {
  const spec = { group: 'guard.example.com', version: 'v1', groupPriorityMinimum: 100, versionPriority: 100, service };
  return {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1.guard.example.com' },
    spec: { ...spec, insecureSkipTLSVerify: true },
  };
}

export function crd(clientConfig?: Target) {
  const schema = { openAPIV3Schema: { type: 'object' } };
  const conversion = clientConfig && {
    strategy: 'Webhook',
    webhook: { clientConfig, conversionReviewVersions: ['v1'] },
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.guard.example.com' },
    spec: {
      group: 'guard.example.com',
      scope: 'Namespaced',
      names: { plural: 'things', singular: 'thing', kind: 'Thing', listKind: 'ThingList' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
      conversion,
    },
  };
}

export function slice(addresses: string[], labels: object = {}, addressType = 'IPv4') {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      namespace: 'default',
      name: 'guard-test',
      labels: { 'kubernetes.io/service-name': 'hooks', ...labels },
    },
    addressType,
    endpoints: addresses.map((address) => ({ addresses: [address] })),
  };
}

export function endpoints(subset: object) {
  const metadata = { namespace: 'default', name: 'hooks' };
  return { apiVersion: 'v1', kind: 'Endpoints', metadata, subsets: [{ ...subset, ports: [{ port: 443 }] }] };
}

export function service(spec: object) {
  return { apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'default', name: 'guard-test' }, spec };
}

export function alias(externalName: string) {
  return service({ type: 'ExternalName', externalName });
}

export function taking(externalIPs: string[]) {
  return service({ ports: [{ port: 443 }], externalIPs });
}

const CONTAINER = { name: 'main', image: 'registry.example.com/image:1' };

export function pod(container: object, init?: object) {
  const initContainers = init && [{ ...CONTAINER, name: 'init', ...init }];
  const spec = { containers: [{ ...CONTAINER, ...container }], initContainers, restartPolicy: 'Never' };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'default', name: 'guard-test' }, spec };
}

export function workload(kind: 'Deployment' | 'DaemonSet' | 'CronJob' | 'Job', container: object) {
  const metadata = { namespace: 'default', name: 'guard-test' };
  const labels = { app: 'guard-test' };
  const always = kind === 'Deployment' || kind === 'DaemonSet';
  const template = {
    metadata: { labels },
    spec: { ...pod(container).spec, restartPolicy: always ? 'Always' : 'Never' },
  };
  const spec = always ? { selector: { matchLabels: labels }, template } : { template };
  return kind === 'CronJob'
    ? { apiVersion: 'batch/v1', kind, metadata, spec: { schedule: '0 0 1 1 *', suspend: true, jobTemplate: { spec } } }
    : { apiVersion: always ? 'apps/v1' : 'batch/v1', kind, metadata, spec };
}

/** An IPv4 address as URLs, resolvers and names such as nip.io's spell it. */
export function spellings(address: string): string[] {
  const bytes = address.split('.').map(Number);
  const [one = 0, two = 0, three = 0, four = 0] = bytes;
  const number = ((one * 256 + two) * 256 + three) * 256 + four;
  const hex = (value: number, digits = 2) => value.toString(16).padStart(digits, '0');
  const whole = hex(number, 8);
  const [high, low] = [whole.slice(0, 4), whole.slice(4)];
  return [
    ...[address, `${address}.`, `${number}`, `0x${whole}`, `0X${whole.toUpperCase()}`, `0${number.toString(8)}`],
    ...[`${one}.${two}.${three * 256 + four}`, `${one}.${(two * 256 + three) * 256 + four}`],
    bytes.map((byte) => `0${byte.toString(8)}`).join('.'),
    bytes.map((byte) => `0x${hex(byte)}`).join('.'),
    bytes.map((byte) => `${byte}`.padStart(3, '0')).join('.'),
    ...[`[::ffff:${address}]`, `[::ffff:${high}:${low}]`, `[0:0:0:0:0:FFFF:${address}]`, `[::${address}]`],
    ...[`[64:ff9b::${address}]`, `[2002:${high}:${low}::1]`],
    ...[
      `${address}.nip.io`,
      `x.1.${address}.nip.io`,
      `x-${bytes.join('-')}.nip.io`,
      `${whole}.nip.io`,
      `x-${whole}.sslip.io`,
    ],
    bytes.map((byte) => String.fromCodePoint(...[...`${byte}`].map((digit) => 0xff10 + Number(digit)))).join('.'),
  ];
}
