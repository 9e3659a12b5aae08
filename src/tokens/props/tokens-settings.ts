import type { OrganizationTokensProps } from './organization-tokens-props';

/** Settings of one cluster's organisation tokens. */
export interface TokensSettings {
  /**
   * Access tokens of organisations at registries, a token for each purpose, and where they are used. One item for each organisation.
   *
   * @default - none
   */
  readonly tokens?: OrganizationTokensProps[];

  /**
   * ServiceAccounts of workloads that pull with a token.
   *
   * @default - see each key
   */
  readonly serviceAccounts?: ServiceAccountsProps;

  /**
   * What the API server refuses.
   *
   * @default - see each rule
   */
  readonly admission?: AdmissionProps;
}

/** ServiceAccounts of workloads that pull with a token. */
export interface ServiceAccountsProps {
  /**
   * Whether the manifests hold these ServiceAccounts, where `bindTo` does not say so itself. With false they stay with what makes them, such
   * as the workload's own chart: the ledger says which imagePullSecrets belong into each, and `secure-mirror tokens drift` which ones are missing.
   *
   * @default true
   */
  readonly apply?: boolean;
}

/** What the API server refuses. */
export interface AdmissionProps {
  /**
   * Whether ValidatingAdmissionPolicies are made: pods and ServiceAccounts that name the Secret of a push token as an
   * imagePullSecret are refused, and pods with the Secret of a shared account after its date. They need Kubernetes 1.30.
   *
   * @default true
   */
  readonly policies?: boolean;
}
