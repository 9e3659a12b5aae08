import type { Owner, PodUse } from './facts';

/** Pods of one workload that name the same Secrets; a pod without a workload is a group of its own. */
export interface PodGroup {
  /** The first of them. */
  readonly pod: PodUse;
  readonly runner: Owner;
  readonly count: number;
}

/**
 * Groups pods.
 *
 * @param pods the pods
 * @param more what else must be the same in a group
 */
export function podGroups(pods: readonly PodUse[], more: (pod: PodUse) => string = () => ''): PodGroup[] {
  const all = new Map<string, PodGroup & { count: number }>();
  for (const pod of pods) {
    const runner = pod.workload ?? { kind: 'Pod', name: pod.name };
    const key = JSON.stringify([pod.namespace, runner.kind, runner.name, more(pod), pod.pulls, pod.reads]);
    const group = all.get(key);
    if (group) group.count += 1;
    else all.set(key, { pod, runner, count: 1 });
  }
  return [...all.values()];
}
