import fc, { type Arbitrary } from 'fast-check';
import { dnsServices } from '../../src/mirror/dns-presets';
import { cniSupport } from '../../src/mirror/network/cni-support';
import type { AccessLogProps } from '../../src/mirror/props/access-log-props';
import type { AffinityProps } from '../../src/mirror/props/affinity-props';
import type { ContainerdPaths } from '../../src/mirror/props/containerd-props';
import type { DnsPreset } from '../../src/mirror/props/dns-props';
import type { EntryProps } from '../../src/mirror/props/entry-props';
import type { ImagesProps } from '../../src/mirror/props/images-props';
import type { LimitsProps } from '../../src/mirror/props/limits-props';
import type { LogLevel } from '../../src/mirror/props/log-level-props';
import type { ScraperProps } from '../../src/mirror/props/metrics-props';
import type { Cni, NetworkProps } from '../../src/mirror/props/network-props';
import type { PodSettings } from '../../src/mirror/props/pod-settings';
import type { ResourcesProps } from '../../src/mirror/props/resources-props';
import type { TolerationProps } from '../../src/mirror/props/toleration-props';
import type { UpdateStrategyProps } from '../../src/mirror/props/update-strategy-props';
import type { MonitoringProps } from '../../src/monitoring/props/monitoring-settings';

/** At most three. */
export const few = { maxLength: 3 };
/** Any of the settings. */
export const some = { requiredKeys: [] } as { requiredKeys: [] };

// Made once: it takes time to read a pattern.
const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/);
/** A DNS label that begins with a letter. */
export const dnsLabel = () => label;
const joined = (separator: string, minLength: number) =>
  fc.array(label, { minLength, maxLength: 4 }).map((parts) => parts.join(separator));
/** A DNS name. */
export const dnsName = () => joined('.', 1);
/** A host name with a dot. */
export const host = () => joined('.', 2).filter((name) => !name.endsWith('.docker.io'));
/** A path of at least two names. */
export const path = () => joined('/', 2);
const port = () => fc.integer({ min: 11_000, max: 65_535 });

/** Both kinds of entry. */
export function entry(): Arbitrary<EntryProps> {
  const address = fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 254 })).map((ends) => `10.96.${ends.join('.')}`);
  return fc.oneof(
    fc.record({ loopback: fc.record({ port: port() }, some) }),
    fc.record({ clusterIp: fc.record({ address, port: port() }, { requiredKeys: ['address'] }) }),
  );
}

/** Paths that no platform has. */
export function containerd(): Arbitrary<ContainerdPaths> {
  const paths = {
    socket: path().map((folder) => `/run/${folder}/containerd.sock`),
    content: path().map((folder) => `/data/${folder}/io.containerd.content.v1.content`),
    registryConfig: path().map((folder) => `/etc/${folder}/certs.d`),
  };
  return fc.record(paths, some);
}

/** Images of their own, or below a prefix. */
export function images(): Arbitrary<ImagesProps> {
  const repository = fc.tuple(host(), path()).map((parts) => parts.join('/'));
  const tag = fc.stringMatching(/^v[0-9]{1,3}\.[0-9]{1,3}(-[a-f]{1,8})?$/);
  const digest = fc.stringMatching(/^sha256:[0-9a-f]{64}$/);
  const text = fc
    .tuple(repository, fc.option(tag), digest)
    .map(([name, version, bytes]) => `${name}${version === null ? '' : `:${version}`}@${bytes}`);
  const own = fc.oneof(fc.record({ repository, tag, digest }, some), text);
  const pinned = fc.record({ tag, digest }, some);
  return fc.oneof(
    fc.record({ spegel: own, envoy: own, iptables: own, nodeReadinessReporter: own }, some),
    fc.record({ registryPrefix: fc.oneof(host(), repository), spegel: pinned, envoy: pinned, iptables: pinned }, some),
  );
}

/** Limits that do not contradict each other. */
export function limits(): Arbitrary<LimitsProps> {
  const counts = {
    connectionsPerSource: fc.integer({ min: 8, max: 256 }),
    connections: fc.integer({ min: 256, max: 1_000_000 }),
    entryConnections: fc.integer({ min: 64, max: 100_000 }),
    fetchedMebibytesPerSecond: fc.integer({ min: 1, max: 100_000 }),
    requests: fc.integer({ min: 16, max: 100_000 }),
    servedMebibytesPerSecond: fc.integer({ min: 1, max: 100_000 }),
  };
  return fc.record(counts, some);
}

/** Any part of the requests. */
export function accessLog(): Arbitrary<AccessLogProps> {
  const percent = fc.integer({ min: 1, max: 100 });
  return fc.record({ percent, refusedPercent: percent }, some);
}

/** Pods of a namespace. */
export function pods(): Arbitrary<ScraperProps> {
  const podLabels = fc.dictionary(dnsLabel(), dnsLabel(), { minKeys: 1, maxKeys: 2 });
  return fc.record({ namespace: dnsLabel(), podLabels }, { requiredKeys: ['namespace'] });
}

const cidr = fc.oneof(
  fc.tuple(fc.ipV4(), fc.integer({ min: 8, max: 32 })).map((parts) => parts.join('/')),
  fc.nat(0xffff).map((end) => `fd00::${end.toString(16)}/128`),
);

/** Rules beside the flows of the mirror. */
function extraRules() {
  const peers = fc.array(fc.oneof(pods(), fc.record({ cidr })), { minLength: 1, maxLength: 2 });
  const protocol = fc.constantFrom('TCP' as const, 'UDP' as const);
  const ingress = fc.record({ from: peers, port: fc.constantFrom(5003, 8080, 9100) });
  const egress = fc.record({ to: peers, port: port(), protocol }, { requiredKeys: ['to', 'port'] });
  return { extraIngress: fc.array(ingress, few), extraEgress: fc.array(egress, few) };
}

/** Policies, with DNS servers or without, or none. */
export function network(): Arbitrary<NetworkProps> {
  const presets = Object.keys(dnsServices) as DnsPreset[];
  const cnis = Object.keys(cniSupport) as Cni[];
  const servers = fc.record(
    {
      namespace: dnsLabel(),
      labels: fc.dictionary(dnsLabel(), dnsLabel(), { minKeys: 1, maxKeys: 2 }),
      port: fc.integer({ min: 1, max: 65535 }),
    },
    { requiredKeys: ['namespace', 'labels'] },
  );
  const dns = {
    preset: fc.constantFrom(...presets),
    pods: fc.array(servers, few),
    addresses: fc.uniqueArray(cidr, few),
  };
  return fc.oneof(
    fc.record(
      {
        policies: fc.constant(true),
        dns: fc.record(dns, some),
        cni: fc.constantFrom(...cnis),
        ...extraRules(),
      },
      some,
    ),
    fc.record({ policies: fc.constant(false) }),
  );
}

/** A toleration of one taint or of a value. */
export function toleration(): Arbitrary<TolerationProps> {
  const effect = fc.constantFrom('NoSchedule' as const, 'PreferNoSchedule' as const, 'NoExecute' as const);
  return fc.oneof(
    fc.record({ operator: fc.constant('Exists' as const), key: dnsLabel(), effect }, { requiredKeys: ['operator'] }),
    fc.record(
      { key: dnsLabel(), operator: fc.constant('Equal' as const), value: dnsLabel(), effect },
      { requiredKeys: ['key'] },
    ),
  );
}

/** Labels of any kind. */
const labels = () =>
  fc.dictionary(
    fc.oneof(
      dnsLabel(),
      fc.tuple(host(), dnsLabel()).map((parts) => parts.join('/')),
    ),
    dnsLabel(),
    { maxKeys: 3 },
  );

/** What containers ask for, and take at most. */
function resources(): Arbitrary<ResourcesProps> {
  const cpu = fc.oneof(
    fc.constantFrom(1, 0.25, '0.1'),
    fc.integer({ min: 1, max: 500 }).map((cores) => `${cores}m`),
  );
  const mebibytes = (min: number, max: number) => fc.integer({ min, max }).map((size) => `${size}Mi`);
  const container = fc.record(
    {
      requests: fc.record({ cpu, memory: mebibytes(1, 63) }, some),
      limits: fc.record(
        { cpu: fc.integer({ min: 1, max: 8 }), memory: fc.oneof(mebibytes(192, 999), fc.constant('1.5Gi')) },
        some,
      ),
    },
    some,
  );
  const containers = { proxy: container, spegel: container, nodeAgent: container, redirect: container };
  return fc.record({ ...containers, nodeReadinessReporter: container }, some);
}

function updateStrategy(): Arbitrary<UpdateStrategyProps> {
  const percent = fc.integer({ min: 1, max: 100 });
  const maxUnavailable = fc.oneof(
    percent,
    percent.map((share) => `${share}%`),
  );
  return fc.oneof(
    fc.record(
      { type: fc.constant('RollingUpdate' as const), rollingUpdate: fc.record({ maxUnavailable }, some) },
      some,
    ),
    fc.record({ type: fc.constant('OnDelete' as const) }),
  );
}

function affinity(): Arbitrary<AffinityProps> {
  const key = dnsLabel();
  const requirement = fc.oneof(
    fc.record({
      key,
      operator: fc.constantFrom('In' as const, 'NotIn' as const),
      values: fc.uniqueArray(dnsLabel(), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ key, operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const) }),
    fc.record({
      key,
      operator: fc.constantFrom('Gt' as const, 'Lt' as const),
      values: fc.nat().map((n) => [`${n}`]),
    }),
  );
  const field = fc.record({
    key: fc.constant('metadata.name'),
    operator: fc.constantFrom('In' as const, 'NotIn' as const),
    values: dnsName().map((name) => [name]),
  });
  const term = fc.record(
    { matchExpressions: fc.array(requirement, { minLength: 1, maxLength: 3 }), matchFields: fc.array(field, few) },
    { requiredKeys: ['matchExpressions'] },
  );
  return fc.array(term, { minLength: 1, maxLength: 3 }).map((nodeSelectorTerms) => ({
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
  }));
}

const logLevel = (): Arbitrary<LogLevel> => fc.constantFrom('debug', 'info', 'warning', 'error');

/** Settings of pods. */
export function pod(): { [Key in keyof PodSettings]-?: Arbitrary<NonNullable<PodSettings[Key]>> } {
  return {
    priorityClassName: dnsName(),
    podLabels: labels(),
    podAnnotations: labels(),
    imagePullPolicy: fc.constantFrom('IfNotPresent' as const, 'Always' as const, 'Never' as const),
    resources: resources(),
    updateStrategy: updateStrategy(),
    affinity: affinity(),
    logLevel: fc.record({ proxy: logLevel(), spegel: logLevel(), nodeAgent: fc.constantFrom('info', 'warning') }, some),
  };
}

/** Anything that watches, but for the PodMonitor, which needs metrics. */
export function monitoring(): Arbitrary<MonitoringProps> {
  const interval = fc.integer({ min: 1, max: 9999 }).map((seconds) => `${seconds}s`);
  const labels = fc.dictionary(dnsLabel(), dnsLabel(), { maxKeys: 2 });
  return fc.record({ rules: fc.boolean(), dashboard: fc.boolean(), interval, labels }, some);
}
