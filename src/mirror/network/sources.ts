import { BlockList, isIPv4 } from 'node:net';
import { mirrorLabels } from '../../kubernetes/names';
import type { ResolvedMirror } from '../resolved';
import type { ResolvedPeer } from '../resolved-network';
import type { Peer } from './flows';

/** Who may try to reach the mirror's pod on a node, in words or by pods and addresses that the settings name. */
export type Source = ResolvedPeer | keyof typeof TEXTS;

const TEXTS = {
  ownNode: 'the same node: kubelet, containerd, host-network pods',
  mirrors: "the mirror's other pods",
  pods: 'other pods',
  otherNodes: 'other nodes, and host-network pods there',
  apiServer: 'the API server, unless it runs on the same node',
  outside: 'the LAN, and everything outside',
};

/** Sources of a mirror, the nearest first; pods and addresses that several rules name are there once. */
export function sourcesOf({ metrics, network }: Pick<ResolvedMirror, 'metrics' | 'network'>): Source[] {
  const named = [...(metrics?.from ?? []), ...network.extraIngress.flatMap(({ from }) => from)];
  const byText = new Map(named.map((peer) => [sourceText(peer), peer]));
  return ['ownNode', 'mirrors', ...byText.values(), 'pods', 'otherNodes', 'apiServer', 'outside'];
}

/** A source, in words. */
export function sourceText(source: Source): string {
  if (typeof source === 'string') return TEXTS[source];
  if ('cidr' in source) return source.cidr;
  const labels = Object.entries(source.labels).map(([label, value]) => `${label}=${value}`);
  return `pods of ${source.namespace}${labels.length === 0 ? '' : ` with ${labels.sort().join(',')}`}`;
}

/**
 * Whether a rule that names a peer lets all of a source in: rules of policies add up.
 *
 * @param peer the peer
 * @param source the source
 * @param namespace the mirror's namespace
 */
export function letsIn(peer: Peer, source: Source, namespace: string): boolean {
  if (source === 'mirrors') return peer === 'mirrors' || contains(peer, { namespace, labels: mirrorLabels });
  return typeof source !== 'string' && peer !== 'mirrors' && contains(peer, source);
}

function contains(one: ResolvedPeer, other: ResolvedPeer): boolean {
  if ('cidr' in one || 'cidr' in other)
    return 'cidr' in one && 'cidr' in other && containsAddresses(one.cidr, other.cidr);
  const labels = Object.entries(one.labels);
  return one.namespace === other.namespace && labels.every(([label, value]) => other.labels[label] === value);
}

function containsAddresses(one: string, other: string): boolean {
  const [network = '', bits = ''] = one.split('/');
  const [address = '', otherBits = ''] = other.split('/');
  const addresses = new BlockList();
  addresses.addSubnet(network, Number(bits), familyOf(network));
  return Number(bits) <= Number(otherBits) && addresses.check(address, familyOf(address));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6';
}
