import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { CaIssuer, Certificate, type CertificateIssuer, type CertificateKey } from '../../../imports/cert-manager';
import { identitySecret, metadata, stackLabels } from '../../kubernetes/names';
import type { ResolvedCertificates, ResolvedIssuer } from '../resolved-authentication';
import { acmeMistakes } from './acme-issuer';
import { Identity, type TrustDomain, uriSan } from './identity';

/** What the certificates of a stack are made of. */
export interface CertificatesProps {
  /** The stack's URI SANs. */
  readonly domain: TrustDomain;
  /** Who signs. */
  readonly issuer: ResolvedIssuer;
  /** What cert-manager is asked for. */
  readonly policy: ResolvedCertificates;
  /** IP SANs of the entry. */
  readonly entryAddresses: string[];
  /** Whether scrapers get a certificate. */
  readonly metrics: boolean;
}

/** The certificates of a stack, one per identity, each with the one URI SAN and the least usages of its role. */
export class Certificates extends Construct {
  /** The Certificates. */
  public readonly objects: ApiObject[] = [];

  public constructor(scope: Construct, id: string, props: CertificatesProps) {
    super(scope, id);
    const { namespace } = props.domain;
    const issuerRef = this.issuer(props.issuer, namespace);
    this.node.addValidation({ validate: () => acmeMistakes(this, issuerRef, namespace) });
    const certificate = (
      identity: Identity,
      usages: string[],
      sans: { dnsNames?: string[]; ipAddresses?: string[] } = {},
    ) => {
      const object = new Certificate(this, identity, {
        metadata: metadata(namespace, identitySecret(identity)),
        labels: stackLabels,
        secretName: identitySecret(identity),
        issuerRef,
        ...periods(props.policy),
        privateKey: privateKey(props.policy),
        ...subject(props.policy, identity),
        usages: ['digital signature', ...usages],
        uris: [uriSan(props.domain, identity)],
        ...sans,
      });
      this.objects.push(object);
    };
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

  private issuer(issuer: ResolvedIssuer, namespace: string): CertificateIssuer {
    if (issuer.caSecret !== undefined) {
      new CaIssuer(this, 'issuer', { metadata: metadata(namespace, issuer.ref.name), secretName: issuer.caSecret });
    }
    return issuer.ref;
  }
}

function periods({ duration, renewBefore }: ResolvedCertificates) {
  // As the API server writes durations, so that no difference is seen where there is none.
  const written = (text: string) => (text.endsWith('h') ? `${text}0m0s` : `${text}0s`);
  return { duration: written(duration), renewBefore: written(renewBefore) };
}

/** Each has a common name of its own: an issuer may keep its certificates by their common names, as Venafi does. */
function subject({ commonName, subject }: ResolvedCertificates, identity: Identity) {
  return {
    ...(commonName === undefined ? {} : { commonName: `${identity}.${commonName}` }),
    // A copy, as cdk8s writes objects of class Object alone.
    ...(subject === undefined ? {} : { subject: { ...subject } }),
  };
}

function privateKey({ keyAlgorithm }: ResolvedCertificates): CertificateKey {
  const [algorithm, size = ''] = keyAlgorithm.split('-');
  return algorithm === 'ECDSA'
    ? { algorithm, size: Number(size.slice(1)) }
    : { algorithm: 'RSA', size: Number(size), encoding: 'PKCS8' };
}
