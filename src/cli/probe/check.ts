import type { ResolvedMirror } from '../../mirror/resolved';
import type { Kubectl } from '../kubectl/kubectl';
import type { Manifest } from '../kubectl/kubectl-writer';
import type { Finding } from '../shared/finding';
import type { IProbes } from './probes';

/** Something that a command looks at or tries. */
export interface Runnable<C> {
  /** Its name for programs, such as `containerd-config`: the code of its findings. */
  readonly name: string;
  /** What it looks at, for people: a few words. */
  readonly title: string;
  /**
   * Looks, and says what it saw: at least one finding. An `ok` says what was tried and seen; what was not tried is never `ok`.
   *
   * @throws CliError where it could not ask: the command makes one finding of the level `unknown` of it
   */
  readonly run: (context: C) => Promise<readonly Finding[]>;
}

/** One question about a cluster, its nodes or its mirror. */
export interface Check extends Runnable<CheckContext> {
  /** Whether it makes sense before the mirror is installed, after, or both. */
  readonly when: 'before' | 'after' | 'always';
  readonly run: (context: CheckContext) => Promise<Finding[]>;
}

/** What checks ask with, and what they ask about. */
export interface CheckContext {
  /** The user's own kubectl. */
  readonly kubectl: Kubectl;
  /** Short-lived pods. */
  readonly probes: IProbes;
  /** The settings of the cluster, from stack.yaml. */
  readonly mirror: ResolvedMirror;
  /** All objects that the settings make, as `synth` writes them. */
  readonly objects: readonly Manifest[];
  /** Linux nodes that the settings choose for a mirror. */
  readonly nodes: readonly NodeObject[];
  /** Tells a person at a terminal what the command does now. */
  readonly progress: (text: string) => void;
}

/** The fields of a Node that checks look at. */
export interface NodeObject {
  readonly metadata: { readonly name: string; readonly labels?: { readonly [label: string]: string } };
  readonly spec: {
    readonly unschedulable?: boolean;
    readonly taints?: { readonly key: string; readonly value?: string; readonly effect: string }[];
  };
  readonly status: {
    readonly nodeInfo: {
      readonly architecture: string;
      readonly containerRuntimeVersion: string;
      readonly kernelVersion: string;
      readonly kubeletVersion: string;
      readonly osImage: string;
    };
    /** The API server writes null for an image that has lost its names. */
    readonly images?: { readonly names?: string[] | null; readonly sizeBytes?: number }[];
    readonly addresses?: { readonly type: string; readonly address: string }[];
    readonly conditions?: { readonly type: string; readonly status: string }[];
  };
}
