import { GROUPS, type Group } from './results';
import type { ProcessState, Work } from './snapshot';

/** UIDs of pods, by what they belong to. */
export interface PodUids {
  readonly tools: ReadonlySet<string>;
  /** Of the set-up that is measured. */
  readonly measured: ReadonlySet<string>;
  /** Of the other one: the work of its idle pods is left out. */
  readonly other: ReadonlySet<string>;
}

/** Sums of seconds. */
export type Seconds = { [group in Group]: number };

/**
 * Adds up the seconds of work for each group.
 *
 * @param node which of the two nodes did the work
 * @param work what was done there
 * @param pods which pods belong to what
 */
export function attribute(node: 'pulling' | 'serving', work: readonly Work[], pods: PodUids): Seconds {
  const sums = Object.fromEntries(GROUPS.map((group) => [group, 0])) as Seconds;
  for (const { process, seconds } of work) {
    const group = groupOf(node, process, pods);
    if (group !== undefined) sums[group] += seconds;
  }
  return sums;
}

/** Sums of both nodes. */
export function added(one: Seconds, other: Seconds): Seconds {
  return Object.fromEntries(GROUPS.map((group) => [group, one[group] + other[group]])) as Seconds;
}

function groupOf(node: 'pulling' | 'serving', { name, pod = '' }: ProcessState, pods: PodUids): Group | undefined {
  if (pods.other.has(pod)) return undefined;
  if (pods.tools.has(pod)) return 'client';
  if (pods.measured.has(pod)) {
    if (name === 'envoy') return `Envoy, ${node} node`;
    return name === 'spegel' ? `Spegel, ${node} node` : 'node agent';
  }
  if (name.startsWith('containerd')) return 'containerd';
  // k3s and RKE2 run the kubelet in their own process.
  return /^(kubelet|k3s|rke2)/.test(name) ? 'kubelet' : 'others';
}
