import type { SetUp } from './names';

/** Whose work it is, on both nodes. */
export const GROUPS = [
  'Envoy, pulling node',
  'Envoy, serving node',
  'Spegel, pulling node',
  'Spegel, serving node',
  'node agent',
  'containerd',
  'kubelet',
  'client',
  'others',
] as const;

/** Whose work it is. */
export type Group = (typeof GROUPS)[number];

/** The work of a mirror's own processes. */
export const MIRROR_GROUPS: readonly Group[] = GROUPS.slice(0, 5);

/** One pass of a workload with one set-up. */
export interface Measurement {
  readonly pass: number;
  readonly setUp: SetUp;
  /** From the beginning of the first pull or request to the end of the last. */
  readonly wallSeconds: number;
  readonly cpuSeconds: { readonly [group in Group]: number };
  /** Seconds that each image, or blob, took: their middle, and what 99 of 100 stayed below. */
  readonly p50Seconds: number;
  readonly p99Seconds: number;
  /** Bytes that the pulling pod received from the network. */
  readonly receivedBytes: number;
  /** Bytes that the Spegel of the pulling node wrote. */
  readonly spegelBytes: number;
  /** Memory that the set-up's processes held at the end, on both nodes. */
  readonly memoryBytes: number;
  /** Load of the pulling node at the beginning. */
  readonly load: number;
  /** How often it was begun anew, because a pull or a request failed. */
  readonly repeats: number;
}

/** What is pulled, or asked for. */
export interface Workload {
  readonly name: string;
  /** Images by containerd, or blobs by curl, straight from the mirror. */
  readonly kind: 'pull' | 'chain';
  readonly images: number;
  readonly layers: number;
  readonly layerBytes: number;
  /** Images, or blobs, at the same time. */
  readonly parallel: number;
}

/** A workload and its figures. */
export interface WorkloadResult extends Workload {
  readonly measurements: readonly Measurement[];
}

/** Where it was measured. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly nodes: number;
  readonly kernel: string;
  readonly system: string;
  readonly kubernetes: string;
  readonly containerd: string;
  readonly spegel: string;
  readonly envoy: string;
}

/** All figures of a run. */
export interface ClusterResults {
  readonly date: string;
  readonly passes: number;
  readonly machine: Machine;
  /** Memory that the processes of each set-up held on both nodes before the first pull. */
  readonly idleMemoryBytes: { readonly [setUp in SetUp]: number };
  readonly workloads: readonly WorkloadResult[];
}
