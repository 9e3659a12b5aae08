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
}
