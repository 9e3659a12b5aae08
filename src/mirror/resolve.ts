import { readinessTaint } from './contract/node-readiness';
import { resolveDns } from './dns-presets';
import { imageReferences } from './images';
import { linksDefaultList, resolvePaths } from './platforms';
import { mirrorDefaults } from './props/defaults';
import type { EntryProps } from './props/entry-props';
import type { MirrorSettings } from './props/mirror-settings';
import type { NodeReadinessProps } from './props/node-readiness-props';
import type { PodSettings } from './props/pod-settings';
import type { TolerationProps } from './props/toleration-props';
import { resolveAuthentication } from './resolve-authentication';
import { resolveExtraRules, resolvePodSelection } from './resolve-extra-rules';
import { resolvePod } from './resolve-pod';
import type { ResolvedEntry, ResolvedMirror, ResolvedNodeReadiness } from './resolved';

/**
 * Gives every setting of a mirror its value.
 *
 * @param settings the settings, without mistakes
 */
export function resolveMirror(settings: MirrorSettings & PodSettings): ResolvedMirror {
  const { name, registries, accessLog, metrics, nodeReadiness } = settings;
  const { network = {}, platform = mirrorDefaults.platform } = settings;
  const limits = { ...mirrorDefaults.limits, ...settings.limits };
  return {
    name,
    namespace: settings.namespace ?? mirrorDefaults.namespace,
    registries,
    publicRepositories: settings.publicRepositories ?? [...mirrorDefaults.publicRepositories],
    authentication: resolveAuthentication(settings),
    entry: resolveEntry(settings.entry),
    platform,
    paths: resolvePaths(platform, settings.containerd),
    linkDefaultList: linksDefaultList(platform, settings.containerd),
    images: imageReferences(settings.images),
    imagePullSecrets: settings.imagePullSecrets ?? [...mirrorDefaults.imagePullSecrets],
    limits,
    accessLog: accessLog && { ...mirrorDefaults.accessLog, ...accessLog },
    network: {
      policies: network.policies ?? mirrorDefaults.policies,
      dnsPreset: network.dns?.preset ?? mirrorDefaults.dns.preset,
      dns: resolveDns(network.dns),
      cidrs: { ...mirrorDefaults.cidrs, ...network.cidrs },
      cni: network.cni,
      hostFirewall: network.hostFirewall ?? mirrorDefaults.hostFirewall,
      ...resolveExtraRules(network),
    },
    metrics: metrics && { from: metrics.from.map(resolvePodSelection) },
    pod: resolvePod(settings, limits),
    nodeSelector: { 'kubernetes.io/os': 'linux', ...settings.nodeSelector },
    nodeReadiness: nodeReadiness && resolveNodeReadiness(nodeReadiness),
    tolerations: resolveTolerations(settings),
    dualStack: settings.dualStack ?? mirrorDefaults.dualStack,
  };
}

function resolveNodeReadiness({ apiServer, dryRun }: NodeReadinessProps): ResolvedNodeReadiness {
  return {
    apiServer: apiServer && { port: mirrorDefaults.apiServerPort, ...apiServer },
    dryRun: dryRun ?? mirrorDefaults.dryRun,
  };
}

/** The mirror itself never waits for the taint that waits for it. */
function resolveTolerations({ tolerations, nodeReadiness }: MirrorSettings): TolerationProps[] {
  if (tolerations === undefined) return [...mirrorDefaults.tolerations];
  return nodeReadiness === undefined ? tolerations : [...tolerations, { ...readinessTaint, operator: 'Exists' }];
}

function resolveEntry({ loopback, clusterIp }: EntryProps = {}): ResolvedEntry {
  const { address, port } = mirrorDefaults.entry;
  if (clusterIp !== undefined) return { kind: 'clusterIp', address: clusterIp.address, port: clusterIp.port ?? port };
  return { kind: 'loopback', address, port: loopback?.port ?? port };
}
