/** What each container of the mirror's pod asks for, and may take at most. */
export interface ResourcesProps {
  /**
   * The proxy. Its memory limit is what `limits` may fill unless you set it: with less it sheds load earlier, with 192Mi at least.
   *
   * @default - see requests and limits
   */
  readonly proxy?: ContainerResourcesProps;

  /**
   * Spegel.
   *
   * @default - see requests and limits
   */
  readonly spegel?: ContainerResourcesProps;

  /**
   * The node agent, `node-agent`, and its preparation, the init container `prepare`.
   *
   * @default - see requests and limits
   */
  readonly nodeAgent?: ContainerResourcesProps;

  /**
   * The init containers `redirect` and `redirect-ipv6`, which end before the others start.
   *
   * @default - see requests and limits
   */
  readonly redirect?: ContainerResourcesProps;

  /**
   * The reporter of `nodeReadiness`, `node-readiness-reporter`.
   *
   * @default - see requests and limits
   */
  readonly nodeReadinessReporter?: ContainerResourcesProps;
}

/** What a container asks for, and may take at most, in Kubernetes' own form. */
export interface ContainerResourcesProps {
  /**
   * What the node keeps free for it.
   *
   * @default - by container: docs/operations.md
   */
  readonly requests?: ComputeProps;

  /**
   * What it may take at most.
   *
   * @default - memory by container, and no CPU limit: docs/operations.md
   */
  readonly limits?: ComputeProps;
}

/**
 * Cores: 250m or 0.25.
 *
 * @pattern ^([0-9]{1,9}m|[0-9]{1,6}(\.[0-9]{1,3})?)$
 * @patternErrorMessage expected cores such as 250m or 0.25
 */
export type CpuQuantity = string | number;

/**
 * Bytes: 64Mi or 1Gi.
 *
 * @pattern ^[0-9]{1,12}(\.[0-9]{1,3})?(k|M|G|T|Ki|Mi|Gi|Ti)?$
 * @patternErrorMessage expected memory such as 64Mi or 1Gi
 */
export type MemoryQuantity = string | number;

/** CPU and memory. */
export interface ComputeProps {
  /**
   * Cores. A container at its CPU limit stands still for moments, and peers then give up on its node.
   *
   * @default - the container's own
   */
  readonly cpu?: CpuQuantity;

  /**
   * Memory. The kernel ends a container at its limit.
   *
   * @default - the container's own
   */
  readonly memory?: MemoryQuantity;
}
