/**
 * Nodes that get a mirror, in Kubernetes' own form.
 *
 * @refusedKeys {"podAffinity": "each node that is chosen gets one mirror, whatever pods run there", "podAntiAffinity": "each node that is chosen gets one mirror, whatever pods run there"}
 */
export interface AffinityProps {
  /** By their labels and names. */
  readonly nodeAffinity: NodeAffinityProps;
}

/**
 * Nodes by their labels and names.
 *
 * @refusedKeys {"preferredDuringSchedulingIgnoredDuringExecution": "a DaemonSet prefers no node: each that is chosen gets a mirror"}
 */
export interface NodeAffinityProps {
  /** Nodes that get a mirror, beside what `nodeSelector` asks for. */
  readonly requiredDuringSchedulingIgnoredDuringExecution: NodeSelectorProps;
}

/** Nodes that get a mirror. */
export interface NodeSelectorProps {
  /**
   * Terms, of which a node meets at least one.
   *
   * @minItems 1
   */
  readonly nodeSelectorTerms: NodeSelectorTermProps[];
}

/** A term, of which a node meets every requirement. */
export interface NodeSelectorTermProps {
  /**
   * Requirements on labels.
   *
   * @default - none
   */
  readonly matchExpressions?: NodeRequirementProps[];

  /**
   * Requirements on the node's name, `metadata.name`.
   *
   * @default - none
   */
  readonly matchFields?: NodeRequirementProps[];
}

/** A requirement on a label or on the name. */
export interface NodeRequirementProps {
  /**
   * The label; metadata.name in `matchFields`.
   *
   * @minLength 1
   */
  readonly key: string;

  /** How its value is compared. */
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';

  /**
   * Values to compare with: some for In and NotIn, one whole number for Gt and Lt, none for the others.
   *
   * @default - none
   */
  readonly values?: string[];
}
