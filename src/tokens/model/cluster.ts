import type { OrganizationTokensProps } from '../props/organization-tokens-props';

/** What the tokens of a cluster depend on. */
export interface TokensCluster {
  /**
   * Namespace of the mirror.
   *
   * @default secured-mirror
   */
  readonly namespace?: string;
  /**
   * Secrets that the mirror's own images are pulled with.
   *
   * @default - none
   */
  readonly imagePullSecrets?: string[];
  /**
   * The tokens.
   *
   * @default - none
   */
  readonly tokens?: OrganizationTokensProps[];
}

/** The same with the name that the ledger is headed by. */
export interface NamedTokensCluster extends TokensCluster {
  /** Name of the cluster. */
  readonly name: string;
}
