import type { BasicProps } from './basic-props';
import type { MutualTlsProps } from './mutual-tls-props';

/** The two methods of authentication. */
export type AuthenticationMethod = 'basic' | 'mutualTls';

/**
 * How nodes and mirrors prove who they are: one of the two methods, or both while a cluster moves from one to the other. Each of these
 * is one apply, and no pod is replaced: basic; both, presenting basic; both, presenting mutualTls; mutualTls.
 */
export interface AuthenticationProps {
  /**
   * Both sides of every connection show a certificate.
   *
   * @default - `basic` alone
   */
  readonly mutualTls?: MutualTlsProps;

  /**
   * Requests carry a user name and a password. The short-term method: the password is on every node, and the network must be trusted to
   * keep to its policies.
   *
   * @default - `mutualTls` alone
   */
  readonly basic?: BasicProps;

  /**
   * Where both methods are given, and so accepted: the one that mirrors present to peers, and that containerd uses.
   *
   * @default - the one method that is given
   */
  readonly present?: AuthenticationMethod;

  /**
   * Whether requests that show nothing are served too, and counted by source, so that it can be seen who would be shut out. Only
   * with mutualTls alone and the loopback entry, and only until nobody is counted any more: everybody who reaches a node can
   * read images.
   *
   * @default false
   */
  readonly permissive?: boolean;
}

/**
 * Makes the value of an authentication.
 *
 * @example
 * new SecuredStack(chart, 'stack', {
 *   name: 'production',
 *   registries: ['docker.io'],
 *   authentication: Authentication.mutualTls({ issuer: CertificateIssuer.fromCaSecretName('mirror-ca') }),
 * });
 */
export class Authentication {
  /**
   * Both sides of every connection show a certificate.
   *
   * @param mutualTls who signs, and for whom
   */
  public static mutualTls(mutualTls: MutualTlsProps): AuthenticationProps {
    return { mutualTls };
  }

  /**
   * Requests carry a user name and a password.
   *
   * @param basic where they are
   */
  public static basic(basic: BasicProps): AuthenticationProps {
    return { basic };
  }

  /**
   * Either is accepted: the steps between the two.
   *
   * @param methods both methods, and the one that is presented
   */
  public static both(methods: BothMethods): AuthenticationProps {
    return { ...methods };
  }

  /**
   * Mutual TLS, with requests that show nothing served and counted.
   *
   * @param mutualTls who signs, and for whom
   */
  public static permissive(mutualTls: MutualTlsProps): AuthenticationProps {
    return { mutualTls, permissive: true };
  }

  private constructor() {}
}

/** Both methods, and the one that is presented. */
export interface BothMethods {
  /** Both sides of a connection show a certificate. */
  readonly mutualTls: MutualTlsProps;

  /** Requests carry a user name and a password. */
  readonly basic: BasicProps;

  /** The one that mirrors present to peers, and that containerd uses. */
  readonly present: AuthenticationMethod;
}
