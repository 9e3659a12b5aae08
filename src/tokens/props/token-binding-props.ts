/** Pods that pull with a token. */
export interface TokenBindingProps {
  /**
   * Their namespace. It must be there.
   *
   * @pattern ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
   * @patternErrorMessage expected a DNS label: at most 63 lower-case letters, digits and '-', with a letter or digit at
   * both ends
   */
  readonly namespace: string;

  /**
   * Their ServiceAccounts.
   *
   * @minItems 1
   */
  readonly serviceAccounts: string[];

  /**
   * Whether the manifests hold the ServiceAccounts with their lists of imagePullSecrets. With a
   * server-side apply an existing account keeps all else. Say false for accounts that `kubectl apply` made without `--server-side`:
   * kubectl would take from them what the manifests do not say. `secure-mirror tokens drift` names these accounts, and prints the
   * command that sets a list.
   *
   * @default - the cluster's `serviceAccounts.apply`
   */
  readonly apply?: boolean;

  /**
   * Whether pods of these ServiceAccounts that name pull secrets of their own get this one too, by a MutatingAdmissionPolicy (Kubernetes
   * 1.36).
   *
   * @default false
   */
  readonly inject?: boolean;
}

/** A build workload that pushes. */
export interface WorkloadProps {
  /**
   * Its namespace. It must be there.
   *
   * @pattern ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
   * @patternErrorMessage expected a DNS label: at most 63 lower-case letters, digits and '-', with a letter or digit at
   * both ends
   */
  readonly namespace: string;

  /**
   * Its ServiceAccount, which may read the Secret.
   *
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as builder
   * @maxLength 253
   */
  readonly serviceAccount: string;
}

/** Somebody who may read a token's Secret. */
export interface TokenHolderProps {
  /** What they are at the API server. */
  readonly kind: 'User' | 'Group' | 'ServiceAccount';

  /**
   * Their name.
   *
   * @minLength 1
   * @maxLength 253
   */
  readonly name: string;

  /**
   * The namespace of a ServiceAccount.
   *
   * @default - the Secret's
   * @pattern ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
   * @patternErrorMessage expected a DNS label: at most 63 lower-case letters, digits and '-', with a letter or digit at
   * both ends
   */
  readonly namespace?: string;
}

/** Where a token is used outside the cluster. */
export interface TokenUsesProps {
  /**
   * CI workflows, such as `Kong/kubernetes-ingress-controller release.yaml`.
   *
   * @default - none
   */
  readonly workflows?: string[];

  /**
   * Developers, or their teams.
   *
   * @default - none
   */
  readonly developers?: string[];
}
