import type { BasicProps } from '../mirror/props/basic-props';
import { givenName } from './checked';
import { MirrorSecret } from './mirror-secret';
import type { ISecretReference } from './object-reference';

/**
 * Makes the value of `authentication.basic` from a Secret of yours.
 *
 * @example
 * const secret = Secret.fromSecretName(chart, 'credential', 'mirror-credential');
 * new SecuredStack(chart, 'stack', {
 *   name: 'try',
 *   registries: ['docker.io'],
 *   authentication: { basic: BasicCredential.of(secret) },
 * });
 */
export class BasicCredential {
  /**
   * The user name and password of a Secret in this app.
   *
   * @param secret the Secret, of type kubernetes.io/basic-auth
   * @param mirrorNamespace namespace of the mirror, secured-mirror when left out
   * @throws Error when it is in another namespace, or has none
   */
  public static of(secret: ISecretReference, mirrorNamespace?: string): BasicProps {
    return BasicCredential.fromSecretName(MirrorSecret.nameOf(secret, mirrorNamespace));
  }

  /**
   * The user name and password of a Secret that is made elsewhere.
   *
   * @param name its name in the mirror's namespace
   * @throws Error when it is no text
   */
  public static fromSecretName(name: string): BasicProps {
    return { credential: { secret: givenName(name, 'BasicCredential.fromSecretName') } };
  }

  private constructor() {}
}
