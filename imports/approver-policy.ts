import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { clusterWide } from './cluster-wide';

/**
 * Says which CertificateRequests approver-policy approves. policy.cert-manager.io/v1alpha1, kind CertificateRequestPolicy:
 * https://cert-manager.io/docs/policy/approval/approver-policy/api-reference/ (v0.28)
 */
export class CertificateRequestPolicy extends ApiObject {
  /**
   * @param scope parent
   * @param id id in the parent
   * @param props what is approved
   */
  public constructor(scope: Construct, id: string, props: CertificateRequestPolicyProps) {
    const { name, labels, namespace } = props;
    super(scope, id, {
      apiVersion: 'policy.cert-manager.io/v1alpha1',
      kind: 'CertificateRequestPolicy',
      metadata: { name, labels },
      // Read when the object is written, as the props may follow another object.
      spec: {
        get allowed() {
          return props.allowed;
        },
        selector: {
          get issuerRef() {
            return props.issuerRef;
          },
          namespace: { matchNames: [namespace] },
        },
      },
    });
    clusterWide(this);
  }
}

/** What is approved. */
export interface CertificateRequestPolicyProps {
  /** Its name. */
  readonly name: string;
  /** Its labels. */
  readonly labels: { readonly [label: string]: string };
  /** Namespace of the requests. */
  readonly namespace: string;
  /** Issuer that is asked. */
  readonly issuerRef: { readonly name: string; readonly kind: string; readonly group: string };
  /** All that they may ask for. */
  readonly allowed: AllowedAttributes;
}

/** What a request may ask for. */
export interface AllowedAttributes {
  /** Common name. */
  readonly commonName?: { readonly value: string; readonly required?: boolean };
  /** DNS SANs. */
  readonly dnsNames?: AllowedValues;
  /** IP SANs. */
  readonly ipAddresses?: AllowedValues;
  /** URI SANs. */
  readonly uris?: AllowedValues;
  /** Usages, in cert-manager's words. */
  readonly usages: string[];
  /** Other parts of the subject, each with the values that it may have. */
  readonly subject?: { readonly [part: string]: AllowedValues | { readonly value: string } };
}

/** Values that an attribute may have. */
export interface AllowedValues {
  /** The values; `*` is any text. */
  readonly values: string[];
  /** Whether the request must have one of them. */
  readonly required?: boolean;
}
