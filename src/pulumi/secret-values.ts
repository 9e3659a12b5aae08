import type { Input } from '@pulumi/pulumi';

/** A certificate and its key. */
export interface CertificateValues {
  /** The certificate, in PEM. */
  readonly certificate: Input<string>;

  /** Its key, in PEM. */
  readonly key: Input<string>;
}

/** A user name and a password. */
export interface CredentialValues {
  /** The user name. */
  readonly username: Input<string>;

  /** The password. */
  readonly password: Input<string>;
}

/** Values of the Secrets of tokens. They are secret in Pulumi's state and differences, whether or not they were when given. */
export interface TokenValues {
  /**
   * Organisation tokens by their purpose, for their Secrets in each namespace that pulls or pushes with them.
   *
   * @default - the Secrets are yours to make
   */
  readonly tokens?: { readonly [purpose: string]: Input<string> };
}

/**
 * Values of Secrets that the settings name, such as `config.requireSecret()` gives. Secrets without a value here are yours to make.
 */
export interface SecretValues extends TokenValues {
  /**
   * Your CA, for the Secret `authentication.mutualTls.issuer.caSecret`.
   *
   * @default - the Secret is yours to make
   */
  readonly ca?: CertificateValues;

  /**
   * The credential of nodes and mirrors, for the Secret `authentication.basic.credential.secret`.
   *
   * @default - the Secret is yours to make
   */
  readonly basic?: CredentialValues;

  /**
   * The credential for reading metrics, for the Secret `metrics.credentialSecret`.
   *
   * @default - the Secret is yours to make
   */
  readonly metrics?: CredentialValues;
}
