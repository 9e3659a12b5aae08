import { nameInMirror } from './checked';
import type { ISecretReference } from './object-reference';

/**
 * Names Secrets of yours in props: of your own certificates, of a bundle, of who reads metrics, of pull secrets.
 *
 * @example
 * const pull = Secret.fromSecretName(chart, 'pull', 'site-registry');
 * new SecuredStack(chart, 'stack', {
 *   name: 'site',
 *   registries: ['docker.io'],
 *   authentication: { mutualTls: { issuer: CertificateIssuer.fromCaSecretName('mirror-ca') } },
 *   imagePullSecrets: [MirrorSecret.nameOf(pull)],
 * });
 */
export class MirrorSecret {
  /**
   * The name of a Secret in the mirror's namespace.
   *
   * @param secret the Secret
   * @param mirrorNamespace namespace of the mirror, secured-mirror when left out
   * @throws Error when it is in another namespace, or has none
   */
  public static nameOf(secret: ISecretReference, mirrorNamespace?: string): string {
    return nameInMirror(secret, 'Secret', mirrorNamespace);
  }

  private constructor() {}
}
