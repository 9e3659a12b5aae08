import type { ResolvedMirror, ResolvedPeer } from '../resolved';
import { type ExtraSource, extraSource, type Peer } from './flows';

/** Who may try to reach the mirror's pod on a node. */
export type Source = 'ownNode' | 'mirrors' | 'scrapers' | ExtraSource | 'pods' | 'otherNodes' | 'apiServer' | 'outside';

/** What sources are made of. */
type Named = Pick<ResolvedMirror, 'metrics' | 'network'>;

/** Sources of a mirror, the nearest first; one that several rules name is there once. */
export function sourcesOf(mirror: Named): Source[] {
  const { metrics, network } = mirror;
  const scrapers: Source[] = metrics === undefined ? [] : ['scrapers'];
  const extra = network.extraIngress.map((_, index) => extraSource(index));
  const texts = [...scrapers, ...extra].map((source) => sourceText(source, mirror));
  const named = [...scrapers, ...extra].filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
  return ['ownNode', 'mirrors', ...named, 'pods', 'otherNodes', 'apiServer', 'outside'];
}

/** A source, in words. */
export function sourceText(source: Source, mirror: Named): string {
  const peers = peersOf(source, mirror);
  if (peers !== undefined) return peersText(peers);
  return {
    ownNode: 'the same node: kubelet, containerd, host-network pods',
    mirrors: "the mirror's other pods",
    pods: 'other pods',
    otherNodes: 'other nodes, and host-network pods there',
    apiServer: 'the API server, unless it runs on the same node',
    outside: 'the LAN, and everything outside',
  }[source as Exclude<Source, ExtraSource | 'scrapers'>];
}

/** The pods and addresses of a source that the settings name. */
export function peersOf(source: Source, { metrics, network }: Named): readonly ResolvedPeer[] | undefined {
  if (source === 'scrapers') return metrics?.from ?? [];
  return network.extraIngress.find((_, index) => source === extraSource(index))?.from;
}

function peersText(peers: readonly ResolvedPeer[]): string {
  const texts = peers.map((peer) => {
    if ('cidr' in peer) return peer.cidr;
    const labels = Object.entries(peer.labels).map(([label, value]) => `${label}=${value}`);
    return `pods of ${peer.namespace}${labels.length === 0 ? '' : ` with ${labels.join(',')}`}`;
  });
  return texts.join('; ');
}

/** Whether a rule for one lets the other in too: rules of policies add up. */
export function contains(one: Peer, other: ResolvedPeer): boolean {
  if (one === 'mirrors') return false;
  if ('cidr' in one || 'cidr' in other) return 'cidr' in one && 'cidr' in other && one.cidr === other.cidr;
  const labels = Object.entries(one.labels);
  return one.namespace === other.namespace && labels.every(([label, value]) => other.labels[label] === value);
}
