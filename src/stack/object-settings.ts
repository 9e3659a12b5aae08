/** What all objects of a cluster's stack have in common. */
export interface ObjectSettings {
  /**
   * Labels of every object that the stack makes, beside its own. Pods have `podLabels`; ServiceAccounts of workloads keep the labels of
   * their owners. No selector depends on them.
   *
   * @default - the stack's own alone
   */
  readonly labels?: { readonly [label: string]: string };

  /**
   * Annotations of every object that the stack makes, beside its own. Pods have `podAnnotations`; ServiceAccounts of workloads keep the
   * annotations of their owners.
   *
   * @default - the stack's own alone
   */
  readonly annotations?: { readonly [annotation: string]: string };
}
