import type { k8s } from 'cdk8s-plus-28';
import type { Manifest } from '../kubectl/kubectl-writer';

/** A short-lived pod of a run. */
export interface ProbePod {
  /** What it is for, in a few letters: part of the pod's name. */
  readonly purpose: string;
  /**
   * The node that it must run on.
   *
   * @default - any
   */
  readonly node?: string;
  /** More labels than the labels of the run. */
  readonly labels?: { readonly [label: string]: string };
  /** Containers, volumes, security context and what else it needs. The run adds restartPolicy Never, a deadline, no token, and tolerations for every taint. */
  readonly spec: k8s.PodSpec;
}

/** What became of a pod. */
export interface ProbeResult {
  /** Its name. */
  readonly pod: string;
  /** The node that it ran on; empty when it reached none. */
  readonly node: string;
  /** Whether all its containers ended with 0. */
  readonly succeeded: boolean;
  /** Why it did not run or did not succeed, in the words of the kubelet or the API server; empty when it did. */
  readonly reason: string;
  /** What each container printed that ended; a pod whose logs nobody could read did not succeed. */
  readonly logs: { readonly [container: string]: string };
  /** Exit code of each container that ended. */
  readonly exitCodes: { readonly [container: string]: number };
  /** The image of each container that the node has, by its digest: `registry/path@sha256:…`. */
  readonly images: { readonly [container: string]: string };
}

/** Makes short-lived pods in the home of a run, and removes them: at the end, after Ctrl-C, and by the option --clean after a kill. */
export interface IProbes {
  /** The namespace of the pods, which exists from now on. */
  namespace(): Promise<string>;
  /**
   * Creates other objects beside the pods, such as policies, without which the pods reach nobody and nobody reaches them.
   *
   * @param objects the objects, without namespace and labels
   */
  create(objects: readonly Manifest[]): Promise<void>;
  /**
   * Runs pods until they have ended.
   *
   * @param pods the pods
   * @param seconds how long each may take, with the pull of its image
   * @returns a result for each, in their order
   */
  run(pods: readonly ProbePod[], seconds: number): Promise<ProbeResult[]>;
  /**
   * Starts a pod that stays until it is stopped, and waits until it is ready.
   *
   * @param pod the pod
   * @param seconds how long it may take until it is ready
   */
  start(pod: ProbePod, seconds: number): Promise<RunningProbe>;
}

/** A pod that runs. */
export interface RunningProbe {
  readonly pod: string;
  readonly namespace: string;
  readonly node: string;
  readonly address: string;
  /** Deletes it. */
  stop(): Promise<void>;
}
