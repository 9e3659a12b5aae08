import type { AffinityProps } from './affinity-props';
import type { LogLevelProps } from './log-level-props';
import type { ResourcesProps } from './resources-props';
import type { UpdateStrategyProps } from './update-strategy-props';

/** When the kubelet pulls the images of a pod, as in a container. */
export type ImagePullPolicy = 'IfNotPresent' | 'Always' | 'Never';

/** Settings of the mirror's pods, which Kubernetes has by the same names. */
export interface PodSettings {
  /**
   * CPU and memory of the mirror's containers.
   *
   * @default - by container: docs/operations.md
   */
  readonly resources?: ResourcesProps;

  /**
   * PriorityClass of the mirror's pods, which exists already. Pods of a lower class leave a full node first: below your workloads the mirror goes before
   * they do, and their pulls go to the registries.
   *
   * @default system-node-critical
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @maxLength 253
   * @patternErrorMessage expected the name of a PriorityClass, such as system-node-critical
   */
  readonly priorityClassName?: string;

  /**
   * Labels of the mirror's pods, beside its own. A change replaces the pods.
   *
   * @default - its own alone
   */
  readonly podLabels?: { readonly [label: string]: string };

  /**
   * Annotations of the mirror's pods, beside its own. A change replaces the pods.
   *
   * @default - its own alone
   */
  readonly podAnnotations?: { readonly [annotation: string]: string };

  /**
   * When the kubelet pulls the images of the mirror's own containers. With Always no mirror starts while their registry is away; with Never
   * the images must be on each node.
   *
   * @default IfNotPresent
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * How the DaemonSet replaces pods after a change.
   *
   * @default - some at a time
   */
  readonly updateStrategy?: UpdateStrategyProps;

  /**
   * Nodes that get a mirror, where `nodeSelector` cannot say it.
   *
   * @default - all that `nodeSelector` names
   */
  readonly affinity?: AffinityProps;

  /**
   * How much the mirror's containers log.
   *
   * @default - see each container
   */
  readonly logLevel?: LogLevelProps;
}
