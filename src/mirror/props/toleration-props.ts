/** A taint that the mirror tolerates, as in a pod. */
export interface TolerationProps {
  /**
   * Key of the taint.
   *
   * @default - all keys; `operator` must then be Exists
   */
  readonly key?: string;

  /**
   * How `value` is compared.
   *
   * @default Equal
   */
  readonly operator?: 'Equal' | 'Exists';

  /**
   * Value of the taint.
   *
   * @default - none
   */
  readonly value?: string;

  /**
   * What the taint does to pods.
   *
   * @default - all effects
   */
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';

  /**
   * Seconds that a mirror stays on a node after the taint came. Only with effect NoExecute, which alone ends pods that run.
   *
   * @default - it stays
   * @minimum 0
   * @maximum 31536000
   * @asType integer
   */
  readonly tolerationSeconds?: number;
}
