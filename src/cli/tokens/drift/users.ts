import { counted } from '../../../settings/counted';
import type { ClusterUse, Named } from '../use/facts';
import { podGroups } from '../use/pod-groups';

/** Something that names Secrets: a ServiceAccount, a workload, or pods beyond what these say. */
export interface User extends Named {
  readonly kind: string;
  /** The ServiceAccount in question. */
  readonly account: Named;
  /** Secrets to pull with that it names itself. */
  readonly pulls: string[];
  /** All that its pods pull with. */
  readonly all: string[];
  readonly reads: string[];
  /** How it is called. */
  readonly where: string;
}

/** What names Secrets, each once: pods only for what neither their workload nor their ServiceAccount says. */
export function usersOf({ serviceAccounts, workloads, pods }: ClusterUse): User[] {
  const lists = new Map(serviceAccounts.map((one) => [`${one.namespace} ${one.name}`, one.pulls]));
  const accounts = serviceAccounts.map(({ namespace, name, pulls }): User => {
    const where = `ServiceAccount ${namespace}/${name}`;
    return {
      kind: 'ServiceAccount',
      namespace,
      name,
      account: { namespace, name },
      pulls,
      all: pulls,
      reads: [],
      where,
    };
  });
  const templates = workloads.map(({ kind, namespace, name, serviceAccount, pulls, reads }): User => {
    const all = pulls.length > 0 ? pulls : (lists.get(`${namespace} ${serviceAccount}`) ?? []);
    const account = { namespace, name: serviceAccount };
    return { kind, namespace, name, account, pulls, all, reads, where: `${kind} ${namespace}/${name}` };
  });
  const known = new Map(templates.map((one) => [`${one.namespace} ${one.kind} ${one.name}`, one]));
  const running = podGroups(pods, ({ serviceAccount }) => serviceAccount).flatMap(({ pod, runner, count }): User[] => {
    const { namespace, serviceAccount, pulls: all } = pod;
    const template = known.get(`${namespace} ${runner.kind} ${runner.name}`);
    const said = [...(template?.pulls ?? []), ...(lists.get(`${namespace} ${serviceAccount}`) ?? [])];
    const pulls = all.filter((name) => !said.includes(name));
    const reads = pod.reads.filter((name) => !template?.reads.includes(name));
    if (pulls.length + reads.length === 0) return [];
    const what = `${runner.kind} ${namespace}/${runner.name}`;
    const where = runner.kind === 'Pod' ? what : `${counted(count, 'pod')} of ${what}`;
    return [{ ...runner, namespace, account: { namespace, name: serviceAccount }, pulls, all, reads, where }];
  });
  return [...accounts, ...templates, ...running];
}
