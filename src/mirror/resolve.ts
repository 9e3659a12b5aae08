import { resolveDns } from './dns-presets';
import { imageReferences } from './images';
import { linksDefaultList, resolvePaths } from './platforms';
import { mirrorDefaults } from './props/defaults';
import type { EntryProps } from './props/entry-props';
import type { MirrorSettings } from './props/mirror-settings';
import { resolveAuthentication } from './resolve-authentication';
import type { ResolvedEntry, ResolvedMirror } from './resolved';

/**
 * Gives every setting of a mirror its value.
 *
 * @param settings the settings, without mistakes
 */
export function resolveMirror(settings: MirrorSettings): ResolvedMirror {
  const { name, registries, metrics, network = {}, platform = mirrorDefaults.platform } = settings;
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
    limits: { ...mirrorDefaults.limits, ...settings.limits },
    network: {
      policies: network.policies ?? mirrorDefaults.policies,
      dnsPreset: network.dns?.preset ?? mirrorDefaults.dns.preset,
      dns: resolveDns(network.dns),
    },
    metrics: metrics && { namespace: metrics.namespace },
    nodeSelector: { 'kubernetes.io/os': 'linux', ...settings.nodeSelector },
    tolerations: settings.tolerations ?? [...mirrorDefaults.tolerations],
    dualStack: settings.dualStack ?? mirrorDefaults.dualStack,
  };
}

function resolveEntry({ loopback, clusterIp }: EntryProps = {}): ResolvedEntry {
  const { address, port } = mirrorDefaults.entry;
  if (clusterIp !== undefined) return { kind: 'clusterIp', address: clusterIp.address, port: clusterIp.port ?? port };
  return { kind: 'loopback', address, port: loopback?.port ?? port };
}
