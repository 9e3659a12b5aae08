import type { LogLevelProps } from './props/log-level-props';
import type { PodSettings } from './props/pod-settings';
import type { ResourcesProps } from './props/resources-props';
import type { NodeCount, UpdateStrategyProps } from './props/update-strategy-props';

/** What the user says of the mirror's pods. */
export interface ResolvedPod
  extends Required<Pick<PodSettings, 'priorityClassName' | 'podLabels' | 'podAnnotations' | 'imagePullPolicy'>>,
    Pick<PodSettings, 'affinity'> {
  readonly resources: ResolvedResources;
  readonly updateStrategy: ResolvedUpdateStrategy;
  readonly logLevel: Required<LogLevelProps>;
}

/** What each container asks for, and may take. */
export type ResolvedResources = { readonly [container in keyof ResourcesProps]-?: ResolvedContainerResources };

/** What a container asks for, and may take at most. Without a CPU limit it takes what the node has left. */
export interface ResolvedContainerResources {
  readonly requests: { readonly cpu: string; readonly memory: string };
  readonly limits: { readonly cpu?: string; readonly memory: string };
}

/** How the DaemonSet replaces pods: some at a time, or when somebody deletes them. */
export interface ResolvedUpdateStrategy {
  readonly type: NonNullable<UpdateStrategyProps['type']>;
  readonly maxUnavailable?: NodeCount;
}
