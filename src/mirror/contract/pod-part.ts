import type { k8s } from 'cdk8s-plus-28';

/** A part of the mirror's pod, such as the redirect, the auth proxy, the node agent or Spegel: all that it brings into the pod. */
export interface PodPart {
  /** Containers that start before the others, in their order; native sidecars among them. */
  readonly initContainers: k8s.Container[];
  /** Containers that run together. */
  readonly containers: k8s.Container[];
  /** Volumes that the containers mount. */
  readonly volumes: k8s.Volume[];
  /** Hash of configuration that only a new pod reads; nothing where the containers have all of it. */
  readonly configHash?: string;
}
