import type { Owner, PodUse, WorkloadUse } from './facts';
import type { PodRow, WorkloadRow } from './rows';

/** Pods with what runs them, as their user knows it: a Deployment rather than its ReplicaSet, a CronJob rather than its Job. */
export function withWorkload(pods: PodRow[], workloads: WorkloadRow[]): PodUse[] {
  const all = new Map(
    workloads.map((workload) => [`${workload.namespace} ${workload.kind} ${workload.name}`, workload]),
  );
  const deploymentOf = ({ namespace, owner, hash }: PodRow): Owner | undefined => {
    const suffix = `-${hash}`;
    if (owner?.kind !== 'ReplicaSet' || hash === '' || !owner.name.endsWith(suffix)) return undefined;
    const name = owner.name.slice(0, -suffix.length);
    // Others make ReplicaSets in the same way.
    return all.has(`${namespace} Deployment ${name}`) ? { kind: 'Deployment', name } : undefined;
  };
  return pods.map((row) => {
    const { owner, hash: _, ...pod } = row;
    const job = owner?.kind === 'Job' ? all.get(`${pod.namespace} Job ${owner.name}`) : undefined;
    const workload = deploymentOf(row) ?? job?.owner ?? owner;
    return workload === undefined ? pod : { ...pod, workload };
  });
}

/** Workloads that will make pods: no Jobs that have ended, nor Jobs that a CronJob made. */
export function lasting(workloads: WorkloadRow[]): WorkloadUse[] {
  return workloads.flatMap(({ owner, ended, ...workload }) => (ended || owner?.kind === 'CronJob' ? [] : [workload]));
}
