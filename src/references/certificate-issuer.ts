import type { IssuerProps } from '../mirror/props/issuer-props';
import { givenName, nameInMirror, nameOf } from './checked';
import { MirrorSecret } from './mirror-secret';
import type { IIssuerReference, ISecretReference } from './object-reference';

/**
 * Makes the value of `authentication.mutualTls.issuer` from a CA or an issuer of yours.
 *
 * @example
 * const issuer = CertificateIssuer.fromName('platform-ca', 'ClusterIssuer');
 * new SecuredStack(chart, 'stack', {
 *   name: 'production',
 *   registries: ['docker.io'],
 *   authentication: { mutualTls: { issuer } },
 * });
 */
export class CertificateIssuer {
  /**
   * An issuer that is made of the CA in a Secret of this app.
   *
   * @param secret the Secret, of type kubernetes.io/tls
   * @param mirrorNamespace namespace of the mirror, secured-mirror when left out
   * @throws Error when it is in another namespace, or has none
   */
  public static ofCaSecret(secret: ISecretReference, mirrorNamespace?: string): IssuerProps {
    return CertificateIssuer.fromCaSecretName(MirrorSecret.nameOf(secret, mirrorNamespace));
  }

  /**
   * An issuer that is made of the CA in a Secret that is made elsewhere.
   *
   * @param name its name in the mirror's namespace
   * @throws Error when it is no text
   */
  public static fromCaSecretName(name: string): IssuerProps {
    return { caSecret: givenName(name, 'CertificateIssuer.fromCaSecretName') };
  }

  /**
   * An issuer of this app. One of the whole cluster is known by its kind, which ends in ClusterIssuer. One that signs by ACME is refused
   * when the app is synthesized: it cannot sign these certificates.
   *
   * @param issuer the issuer
   * @param mirrorNamespace namespace of the mirror, secured-mirror when left out
   * @throws Error when it is in another namespace, or has none
   */
  public static of(issuer: IIssuerReference, mirrorNamespace?: string): IssuerProps {
    const { kind, apiGroup } = issuer ?? {};
    // A kind that is no text is refused with the other mistakes.
    const expected = typeof kind === 'string' ? kind : 'Issuer';
    const everywhere = expected.endsWith('ClusterIssuer');
    const name = everywhere ? nameOf(issuer, expected) : nameInMirror(issuer, expected, mirrorNamespace);
    return CertificateIssuer.fromName(name, kind, apiGroup);
  }

  /**
   * An issuer that is made elsewhere.
   *
   * @param name its name
   * @param kind its kind, Issuer when left out
   * @param group its API group, cert-manager.io when left out
   * @throws Error when the name is no text
   */
  public static fromName(name: string, kind?: string, group?: string): IssuerProps {
    givenName(name, 'CertificateIssuer.fromName');
    return { ref: { name, ...(kind === undefined ? {} : { kind }), ...(group === undefined ? {} : { group }) } };
  }

  private constructor() {}
}
