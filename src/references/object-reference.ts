/**
 * An object of yours. Every ApiObject is one, and every resource of cdk8s-plus, of whatever line: it only needs these
 * properties.
 */
export interface IObjectReference {
  /** Its name. */
  readonly name: string;

  /**
   * Where it is.
   *
   * @default - not known, as with what cdk8s-plus imports by its name
   */
  readonly metadata?: IObjectMetadata;
}

/** What an object's metadata says about where it is. */
export interface IObjectMetadata {
  /**
   * Its namespace: its own, or its chart's.
   *
   * @default - whichever is chosen when it is applied
   */
  readonly namespace?: string;
}

/** A Secret of yours. */
export interface ISecretReference extends IObjectReference {
  /**
   * What it is: anything but a Secret is refused.
   *
   * @default Secret
   */
  readonly kind?: string;
}

/** A ServiceAccount of yours. */
export interface IServiceAccountReference extends IObjectReference {
  /**
   * What it is: anything but a ServiceAccount is refused.
   *
   * @default ServiceAccount
   */
  readonly kind?: string;
}

/** An issuer of yours: an Issuer or ClusterIssuer of cert-manager, or one of another API group that cert-manager can ask. */
export interface IIssuerReference extends IObjectReference {
  /** What it is, such as Issuer or ClusterIssuer. */
  readonly kind: string;

  /**
   * Its API group.
   *
   * @default cert-manager.io
   */
  readonly apiGroup?: string;
}
