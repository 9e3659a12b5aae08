import { Construct } from 'constructs';
import { CaIssuer, Certificate, type CertificateIssuer, type CertificateKey } from '../../../imports/cert-manager';
import { identitySecret, metadata, stackLabels } from '../../kubernetes/names';
import type { CertificatePolicyProps } from '../props/certificate-policy-props';
import type { IssuerProps } from '../props/issuer-props';
import { acmeMistakes } from './acme-issuer';
import { Identity, type TrustDomain, uriSan } from './identity';

/** What the certificates of a stack are made of. */
export interface CertificatesProps {
  /** The stack's URI SANs. */
  readonly domain: TrustDomain;
  /** Who signs. */
  readonly issuer: IssuerProps;
  /**
   * What the user wants of them.
   *
   * @default - see each key
   */
  readonly policy?: CertificatePolicyProps;
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
    this.node.addValidation({ validate: () => acmeMistakes(this, issuerRef, namespace) });
    const certificate = (
      identity: Identity,
      usages: string[],
      sans: { dnsNames?: string[]; ipAddresses?: string[] } = {},
    ) =>
      new Certificate(this, identity, {
        metadata: metadata(namespace, identitySecret(identity)),
        labels: stackLabels,
        secretName: identitySecret(identity),
        issuerRef,
        // 30 days, renewed 10 days before the end: two failed renewals are noticed long before pulls lose the mirror.
        ...periods(props.policy),
        privateKey: privateKey(props.policy),
        ...subject(props.policy, identity),
        usages: ['digital signature', ...usages],
        uris: [uriSan(props.domain, identity)],
        ...sans,
      });
    certificate(Identity.PEER, ['server auth', 'client auth']);
    certificate(Identity.NODE, ['client auth']);
    certificate(Identity.SERVER, ['server auth'], {
      dnsNames: [`entry.${namespace}.svc`],
      ipAddresses: props.entryAddresses,
    });
    if (props.metrics) {
      certificate(Identity.METRICS, ['client auth']);
    }
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

function periods({ duration = '720h', renewBefore }: CertificatePolicyProps = {}) {
  const third = Math.floor(Number.parseInt(duration, 10) / 3);
  const before = renewBefore ?? (third === 0 ? '20m' : `${Math.min(240, third)}h`);
  // As the API server writes durations, so that no difference is seen where there is none.
  const written = (text: string) => (text.endsWith('h') ? `${text}0m0s` : `${text}0s`);
  return { duration: written(duration), renewBefore: written(before) };
}

/** Each has a common name of its own: an issuer may keep its certificates by their common names, as Venafi does. */
function subject({ commonName, subject }: CertificatePolicyProps = {}, identity: Identity) {
  return {
    ...(commonName === undefined ? {} : { commonName: `${identity}.${commonName}` }),
    // A copy, as cdk8s writes objects of class Object alone.
    ...(subject === undefined ? {} : { subject: { ...subject } }),
  };
}

function privateKey({ keyAlgorithm = 'ECDSA-P256' }: CertificatePolicyProps = {}): CertificateKey {
  const [algorithm, size = ''] = keyAlgorithm.split('-');
  return algorithm === 'ECDSA'
    ? { algorithm, size: Number(size.slice(1)) }
    : { algorithm: 'RSA', size: Number(size), encoding: 'PKCS8' };
}
