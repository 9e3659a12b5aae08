import type { Kubectl } from '../../kubectl/kubectl';
import { inParallel } from '../../shared/parallel';
import { Progress } from '../../shared/progress';
import type { ClusterUse, ServiceAccountUse, WorkloadKind } from './facts';
import type { Wanted } from './kept';
import { lasting, withWorkload } from './owners';
import {
  DOCKERCFG,
  DOCKERCONFIGJSON,
  type PodRow,
  podRows,
  secretRows,
  serviceAccountRows,
  type WorkloadRow,
  workloadRows,
} from './rows';
import { PODS, SERVICE_ACCOUNTS, secrets, workloads } from './templates';

/** What is looked for in a cluster. */
export interface WantedUse extends Wanted {
  /** Names of Secrets to find whatever their type. */
  readonly names: string[];
}

/** Says to the user what is asked with their rights, for the help of commands. */
export const ACCESS = `
It asks with your own kubectl and your own rights: to list ServiceAccounts, Pods, Deployments, StatefulSets, DaemonSets, CronJobs, Jobs
and Secrets of all namespaces. Kubernetes has no right to read a part of a Secret: kubectl reads Secrets with docker configurations
whole, and passes them on through memory. The command keeps the keys for the registries of stack.yaml and the users that stack.yaml
names; never a password, a token, or another user. It changes nothing.`;

/** Where the specification of pods is in each kind. */
const SPECS: [WorkloadKind, string, string][] = [
  ['Deployment', 'deployments.apps', '.spec.template.spec'],
  ['StatefulSet', 'statefulsets.apps', '.spec.template.spec'],
  ['DaemonSet', 'daemonsets.apps', '.spec.template.spec'],
  ['CronJob', 'cronjobs.batch', '.spec.jobTemplate.spec.template.spec'],
  ['Job', 'jobs.batch', '.spec.template.spec'],
];

/** How many questions at one time: each is a kubectl that holds all objects of a kind. */
const AT_ONCE = 3;

/**
 * Reads what a cluster uses to pull images: one question a kind, and one more for each name of a Secret.
 *
 * @param kubectl how the cluster is asked
 * @param wanted what is looked for
 * @throws CliError naming the right that is missing, or why the cluster cannot be asked
 */
export async function readUse(kubectl: Kubectl, wanted: WantedUse): Promise<ClusterUse> {
  const found = {
    secrets: [] as ClusterUse['secrets'],
    serviceAccounts: [] as ServiceAccountUse[],
    pods: [] as PodRow[],
    workloads: [] as WorkloadRow[],
  };
  const ask = async (type: string, key: string) => {
    const text = await kubectl.everywhere('secrets', secrets(key), `type=${type}`, true);
    found.secrets.push(...secretRows(text, wanted));
  };
  const questions = [
    () => ask(DOCKERCONFIGJSON, '.dockerconfigjson'),
    () => ask(DOCKERCFG, '.dockercfg'),
    async () => {
      const text = await kubectl.everywhere('pods', PODS, 'status.phase!=Succeeded,status.phase!=Failed');
      found.pods.push(...podRows(text));
    },
    ...SPECS.map(([kind, plural, path]) => async () => {
      found.workloads.push(...workloadRows(kind, await kubectl.everywhere(plural, workloads(path))));
    }),
    ...[...new Set(wanted.names)].map((name) => async () => {
      const selector = `metadata.name=${name},type!=${DOCKERCONFIGJSON},type!=${DOCKERCFG}`;
      found.secrets.push(...secretRows(await kubectl.everywhere('secrets', secrets(), selector, true), wanted));
    }),
  ];
  // The first may lead to a login; the others find them logged in.
  found.serviceAccounts.push(...serviceAccountRows(await kubectl.everywhere('serviceaccounts', SERVICE_ACCOUNTS)));
  const progress = new Progress('asking the cluster', questions.length);
  try {
    await inParallel(questions, AT_ONCE, async (question) => {
      await question();
      progress.step();
    });
  } finally {
    progress.end();
  }
  return {
    secrets: inOrder(found.secrets),
    serviceAccounts: inOrder(found.serviceAccounts),
    pods: inOrder(withWorkload(found.pods, found.workloads)),
    workloads: inOrder(lasting(found.workloads)),
  };
}

function inOrder<T extends { readonly namespace: string; readonly name: string }>(all: T[]): T[] {
  const key = ({ namespace, name }: T) => `${namespace}/${name}`;
  return all.sort((one, other) => (key(one) < key(other) ? -1 : 1));
}
