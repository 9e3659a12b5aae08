import type { AdmissionProps } from './admission-props';
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
