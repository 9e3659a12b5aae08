import { counted } from '../../../settings/counted';
import type { RegistryKey } from '../../docker-config/key';

/** What a cluster uses to pull images, as far as it was asked. No secret is in it. */
export interface ClusterUse {
  readonly secrets: SecretUse[];
  readonly serviceAccounts: ServiceAccountUse[];
  /** Pods that run or wait. */
  readonly pods: PodUse[];
  readonly workloads: WorkloadUse[];
}

/** Something in a namespace. */
export interface Named {
  readonly namespace: string;
  readonly name: string;
}

/** What made an object, or runs a pod. */
export interface Owner {
  readonly kind: string;
  readonly name: string;
}

/** A Secret with which images can be pulled, or one of another type that has a name that was asked for. */
export interface SecretUse extends Named {
  readonly type: string;
  /** What it is made by. */
  readonly owner?: Owner;
  /**
   * `other`: of a type that the kubelet takes no credential from. `malformed`: the kubelet cannot use it. `elsewhere`: it has no
   * credential for a registry that was asked for, and leaves credentials to programs that nodes do not have.
   */
  readonly content: 'read' | 'malformed' | 'other' | 'elsewhere';
  /** Its entries for the registries that were asked for. */
  readonly entries: RegistryEntry[];
  /** How many more entries it has, for other registries. */
  readonly others: number;
}

/** An entry of a docker configuration. */
export interface RegistryEntry extends RegistryKey {
  /** The registry that it is for, as stack.yaml has it. */
  readonly registry: string;
  /** Its user, if that is one that was asked for. Of others nothing is kept: some put a token there. */
  readonly user?: string;
}

/** A ServiceAccount, and the Secrets that its pods pull with. */
export interface ServiceAccountUse extends Named {
  readonly pulls: string[];
  /** The same as it is written: with what is in it twice, and '' for an item without a name. */
  readonly list: string[];
  /** Whether kubectl applied it without the server's help. */
  readonly lastApplied: boolean;
}

/** What pods of one kind use. */
interface PodSpecUse extends Named {
  readonly serviceAccount: string;
  /** Secrets to pull with. */
  readonly pulls: string[];
  /** Secrets that its containers read, as files or variables. */
  readonly reads: string[];
}

/** A pod. */
export interface PodUse extends PodSpecUse {
  /** What runs it. */
  readonly workload?: Owner;
}

/** What has a template for pods. */
export interface WorkloadUse extends PodSpecUse {
  readonly kind: WorkloadKind;
  /** The Secrets to pull with as they are written, like the list of a ServiceAccount. */
  readonly list: string[];
}

/** Kinds that have a template for pods. */
export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob' | 'Job';

/** What was looked at, in numbers. */
export interface LookedAt {
  readonly namespaces: number;
  readonly secrets: number;
  readonly serviceAccounts: number;
  readonly pods: number;
  readonly workloads: number;
}

/** What was looked at: who reads "nothing" knows of how much. */
export function lookedAt({ secrets, serviceAccounts, pods, workloads }: ClusterUse): LookedAt {
  const namespaces = new Set([...secrets, ...serviceAccounts, ...pods, ...workloads].map(({ namespace }) => namespace));
  return {
    namespaces: namespaces.size,
    secrets: secrets.length,
    serviceAccounts: serviceAccounts.length,
    pods: pods.length,
    workloads: workloads.length,
  };
}

/** The same as a line. */
export function lookedAtText(looked: LookedAt): string {
  const { namespaces, secrets, serviceAccounts, pods, workloads } = looked;
  return (
    `looked at: ${counted(namespaces, 'namespace')}, ${counted(secrets, 'pull Secret')}, ` +
    `${counted(serviceAccounts, 'ServiceAccount')}, ${counted(workloads, 'workload')}, ${counted(pods, 'pod')}`
  );
}
