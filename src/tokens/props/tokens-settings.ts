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
   * What the API server refuses.
   *
   * @default - see each rule
   */
  readonly admission?: AdmissionProps;
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
