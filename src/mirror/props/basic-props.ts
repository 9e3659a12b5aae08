/** HTTP basic authentication. */
export interface BasicProps {
  /** Where the user name and the password are. */
  readonly credential: CredentialProps;

  /**
   * Seconds until a changed Secret has reached every node. After a change both versions are accepted; the new one is presented
   * after this time, the old one dropped after twice this time. The default is the kubelet's worst case, its sync period and its
   * cache, with a margin; it should also exceed your longest pull.
   *
   * @default 180
   * @minimum 5
   * @maximum 86400
   * @asType integer
   */
  readonly propagationSeconds?: number;
}

/** Where the user name and the password are: one of the two. They are never part of stack.yaml. */
export interface CredentialProps {
  /**
   * Name of a Secret (type kubernetes.io/basic-auth) in the mirror's namespace, with the keys username and password. With the name
   * mirror-credential, moves between the methods of authentication replace no pods.
   *
   * @default - `externalSecret` is used
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as mirror-credential
   * @maxLength 253
   */
  readonly secret?: string;

  /**
   * A Secret mirror-credential that the External Secrets Operator makes from your store.
   *
   * @default - `secret` is used
   */
  readonly externalSecret?: ExternalCredentialProps;
}

/** A credential in an external store. */
export interface ExternalCredentialProps {
  /**
   * Name of the SecretStore in the mirror's namespace, or of the ClusterSecretStore.
   *
   * @pattern ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$
   * @patternErrorMessage expected a DNS name in lower case, such as vault
   * @maxLength 253
   */
  readonly store: string;

  /**
   * Kind of the store.
   *
   * @default SecretStore
   */
  readonly storeKind?: 'SecretStore' | 'ClusterSecretStore';

  /**
   * Where it is in the store: a path or a name, as the store has it.
   *
   * @minLength 1
   * @maxLength 1024
   */
  readonly key: string;

  /**
   * The property that is the user name.
   *
   * @default username
   * @minLength 1
   * @maxLength 253
   */
  readonly usernameProperty?: string;

  /**
   * The property that is the password.
   *
   * @default password
   * @minLength 1
   * @maxLength 253
   */
  readonly passwordProperty?: string;

  /**
   * How often the store is asked, in seconds, minutes or hours.
   *
   * @default 1h
   * @pattern ^[1-9][0-9]{0,5}[smh]$
   * @patternErrorMessage expected a duration, such as 1h or 10m
   */
  readonly refreshInterval?: string;
}
