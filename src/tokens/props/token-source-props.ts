/** A token in an external store. */
export interface ExternalTokenProps {
  /**
   * Name of the SecretStore in each namespace that the token is used in, or of the ClusterSecretStore.
   *
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as vault
   * @maxLength 253
   */
  readonly store: string;

  /**
   * Kind of the store. A SecretStore of each namespace can be held to its own paths; a ClusterSecretStore lets every namespace
   * that its conditions admit read all that its account can.
   *
   * @default SecretStore
   */
  readonly storeKind?: 'SecretStore' | 'ClusterSecretStore';

  /**
   * Where the token is in the store: a path or a name, as the store has it.
   *
   * @minLength 1
   * @maxLength 1024
   */
  readonly key: string;

  /**
   * The property that is the token.
   *
   * @default token
   * @minLength 1
   * @maxLength 253
   */
  readonly property?: string;

  /**
   * How often the store is asked, in seconds, minutes or hours. A revoked token is in use until then.
   *
   * @default 15m
   * @pattern ^[1-9][0-9]{0,5}[smh]$
   * @patternErrorMessage expected a duration, such as 1h or 10m
   */
  readonly refreshInterval?: string;
}
