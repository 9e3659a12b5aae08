import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';

/** Makes an Issuer of a CA that is in a Secret. cert-manager.io/v1, kind Issuer: https://cert-manager.io/docs/reference/api-docs/ */
export class CaIssuer extends ApiObject {
  /**
   * @param scope parent
   * @param id id in the parent
   * @param props what it is made of
   */
  public constructor(scope: Construct, id: string, props: CaIssuerProps) {
    super(scope, id, {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Issuer',
      metadata: props.metadata,
      spec: { ca: { secretName: props.secretName } },
    });
  }
}

/** A CA's Issuer. */
export interface CaIssuerProps {
  /** Name, namespace, labels. */
  readonly metadata: ApiObjectMetadata;
  /** Name of the Secret, in the Issuer's namespace, with tls.crt and tls.key of the CA. */
  readonly secretName: string;
}

/**
 * Whether an object is an issuer of cert-manager that signs by ACME.
 *
 * @param object the object
 */
export function isAcmeIssuer(object: ApiObject): boolean {
  return object.apiGroup === 'cert-manager.io' && object.toJson().spec?.acme !== undefined;
}

/** Who signs a certificate. */
export interface CertificateIssuer {
  /** Its name. */
  readonly name: string;
  /** Its kind: Issuer, ClusterIssuer, or an external issuer's. */
  readonly kind: string;
  /** Its API group. */
  readonly group: string;
}

/** A certificate that cert-manager issues, keeps in a Secret and renews. cert-manager.io/v1, kind Certificate. */
export class Certificate extends ApiObject {
  /**
   * @param scope parent
   * @param id id in the parent
   * @param props what is certified
   */
  public constructor(scope: Construct, id: string, props: CertificateProps) {
    const { metadata, labels, privateKey, ...spec } = props;
    super(scope, id, {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata,
      spec: {
        ...spec,
        secretTemplate: { labels },
        // A new key each time, so that a stolen one ends with its certificate.
        privateKey: { ...privateKey, rotationPolicy: 'Always' },
      },
    });
  }
}

/** Kind and size of a key. */
export interface CertificateKey {
  /** ECDSA or RSA. */
  readonly algorithm: string;
  /** Bits. */
  readonly size: number;
  /**
   * How the key is written.
   *
   * @default PKCS1
   */
  readonly encoding?: string;
}

/** What is certified, and for how long. */
export interface CertificateProps {
  /** Name, namespace, labels. */
  readonly metadata: ApiObjectMetadata;
  /** Labels of the Secret. */
  readonly labels: { readonly [label: string]: string };
  /** Name of the Secret that the certificate and its key go into. */
  readonly secretName: string;
  /** Who signs it. */
  readonly issuerRef: CertificateIssuer;
  /** How long it is valid, such as 720h0m0s. */
  readonly duration: string;
  /** How long before its end it is renewed. */
  readonly renewBefore: string;
  /** Kind and size of its key. */
  readonly privateKey: CertificateKey;
  /** What it may be used for, in cert-manager's words. */
  readonly usages: string[];
  /**
   * Common name of the subject, at most 64 bytes.
   *
   * @default - none
   */
  readonly commonName?: string;
  /**
   * What else the subject says.
   *
   * @default - nothing
   */
  readonly subject?: { readonly [part: string]: string | readonly string[] | undefined };
  /** URI SANs. */
  readonly uris: string[];
  /**
   * DNS SANs.
   *
   * @default - none
   */
  readonly dnsNames?: string[];
  /**
   * IP SANs.
   *
   * @default - none
   */
  readonly ipAddresses?: string[];
}
