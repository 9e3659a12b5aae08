import { Construct } from 'constructs';
import { CaIssuer, Certificate, type CertificateIssuer } from '../../imports/cert-manager';
import type { IssuerProps } from '../config/authentication-props';
import { metadata, stackLabels } from '../config/names';
import { Identity, type TrustDomain, uriSan } from './identity';

/** What the certificates of a stack are made of. */
export interface CertificatesProps {
  /** The stack's URI SANs. */
  readonly domain: TrustDomain;
  /** Who signs. */
  readonly issuer: IssuerProps;
  /** IP SANs of the entry. */
  readonly entryAddresses: string[];
  /**
   * Whether scrapers get a certificate.
   *
   * @default false
   */
  readonly metrics?: boolean;
}

/** The certificates of a stack, one per identity, each with the one URI SAN and the least usages of its role. */
export class Certificates extends Construct {
  public constructor(scope: Construct, id: string, props: CertificatesProps) {
    super(scope, id);
    const { namespace } = props.domain;
    const issuerRef = this.issuer(props.issuer, namespace);
    const certificate = (
      identity: Identity,
      usages: string[],
      sans: { dnsNames?: string[]; ipAddresses?: string[] } = {},
    ) =>
      new Certificate(this, identity, {
        metadata: metadata(namespace, this.secretName(identity)),
        labels: stackLabels,
        secretName: this.secretName(identity),
        issuerRef,
        // 30 days, renewed 10 days before the end: two failed renewals are noticed long before pulls lose the mirror.
        duration: '720h0m0s',
        renewBefore: '240h0m0s',
        usages: ['digital signature', ...usages],
        uris: [uriSan(props.domain, identity)],
        ...sans,
      });
    certificate(Identity.PEER, ['server auth', 'client auth']);
    certificate(Identity.NODE, ['client auth']);
    certificate(Identity.ENTRY, ['server auth'], {
      dnsNames: [`entry.${namespace}.svc`],
      ipAddresses: props.entryAddresses,
    });
    if (props.metrics) {
      certificate(Identity.METRICS, ['client auth']);
    }
  }

  /** Name of the Secret with an identity's certificate. */
  public secretName(identity: Identity): string {
    return `mirror-${identity}`;
  }

  private issuer(issuer: IssuerProps, namespace: string): CertificateIssuer {
    if (issuer.caSecret !== undefined) {
      new CaIssuer(this, 'issuer', { metadata: metadata(namespace, 'mirror'), secretName: issuer.caSecret });
    }
    return {
      name: issuer.ref?.name ?? 'mirror',
      kind: issuer.ref?.kind ?? 'Issuer',
      group: issuer.ref?.group ?? 'cert-manager.io',
    };
  }
}
