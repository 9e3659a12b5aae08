import type { OrganizationTokensProps } from './organization-tokens-props';
import type { AdmissionProps, ServiceAccountsProps } from './tokens-settings';

/** The organisation tokens of one cluster, without the mirror. */
export interface ClusterTokensProps {
  /**
   * Name of the cluster: the ledger is headed by it.
   *
   * @pattern ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
   * @patternErrorMessage expected a DNS label: at most 63 lower-case letters, digits and '-', with a letter or digit at
   * both ends
   */
  readonly name: string;

  /**
   * Namespace that the ledger is put into, and in which the mirror is, if there is one. It must be there.
   *
   * @pattern ^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$
   * @patternErrorMessage expected a DNS label: at most 63 lower-case letters, digits and '-', with a letter or digit at
   * both ends
   */
  readonly namespace: string;

  /**
   * Access tokens of organisations at registries, and where they are used. One item for each organisation.
   *
   * @minItems 1
   */
  readonly tokens: OrganizationTokensProps[];

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

  /**
   * The day on which the dates of tokens and of shared accounts are judged, as YYYY-MM-DD. Objects never depend on it, only
   * warnings and errors do.
   *
   * @default - today, in UTC
   */
  readonly today?: string;
}
