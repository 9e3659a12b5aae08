import type { Platform } from '../../mirror/props/containerd-props';
import type { DnsPreset } from '../../mirror/props/dns-props';

/** What the users of a platform choose by themselves, as lines of comments. */
interface PlatformNotes {
  /** Sentences. */
  readonly notes: readonly string[];
  /** The key `dns` of `network`. */
  readonly dns: string;
}

const RANCHER = [
  'Leave embedded-registry off, as it is a mirror of its own, and name none of these registries in registries.yaml.',
];

const NOTES: { readonly [platform in Platform]?: readonly string[] } = {
  k3s: RANCHER,
  rke2: RANCHER,
  microk8s: ['Restart the pods of the mirror after each refresh of the snap.'],
  eks: [
    'It cannot work on Bottlerocket, which nodes of Auto Mode run too: keep it away from them by nodeSelector.',
    'docs/platforms.md#where-it-is-not-possible',
  ],
  aks: ['Pools with kubeletDiskType Temporary keep content in another place: docs/platforms.md#paths'],
};

const dns = (preset: DnsPreset, comment?: string) =>
  `dns: {preset: ${preset}}${comment === undefined ? '' : `   # ${comment}`}`;

const DNS: { readonly [platform in Platform]?: string } = {
  eks: dns('node-local-dns', 'eks-auto-mode for pools of your own beside Auto Mode'),
  gke: dns('gke-node-local-dns', 'Autopilot, and Standard from 1.34.1 on; gke-cloud-dns for Cloud DNS'),
};

/** What the users of a platform choose by themselves. */
export function platformNotes(platform: Platform): PlatformNotes {
  return { notes: NOTES[platform] ?? [], dns: DNS[platform] ?? dns('node-local-dns') };
}
