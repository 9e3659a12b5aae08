import { createHash, X509Certificate } from 'node:crypto';
import { HASH_DIGITS } from '../../mirror/contract/dynamic-files';

/** The parts of a CA certificate on which verdicts depend. */
export interface Authority {
  readonly subject: string;
  /** SHA-256 of the certificate, as openssl writes it. */
  readonly fingerprint: string;
  /** Its name in the node agents' reports. */
  readonly id: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** The certificates in a PEM text, without anything else in it. */
export function certificatesIn(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return blocks.flatMap((block) => {
    try {
      return [new X509Certificate(block)];
    } catch {
      return [];
    }
  });
}

/** The parts of a CA certificate on which verdicts depend. */
export function authority(certificate: X509Certificate): Authority {
  return {
    subject: certificate.subject?.replaceAll('\n', ', ') || 'no subject',
    fingerprint: certificate.fingerprint256,
    id: createHash('sha256').update(certificate.raw.toString('base64')).digest('hex').slice(0, HASH_DIGITS),
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
  };
}

/**
 * Which CAs vouch for a certificate: they signed it, or an intermediate certificate that leads to it.
 *
 * @param chain the certificate, then the intermediate ones
 * @param authorities CAs to choose from
 * @returns their fingerprints
 */
export function signers(chain: X509Certificate[], authorities: X509Certificate[]): string[] {
  const [certificate, ...along] = chain;
  const links = new Set(certificate ? [certificate] : []);
  const found = new Set<string>();
  // A Set that grows during the loop: each link once.
  for (const link of links) {
    for (const ca of authorities.filter((ca) => signed(ca, link))) {
      found.add(ca.fingerprint256);
    }
    for (const ca of along.filter((ca) => signed(ca, link))) {
      links.add(ca);
    }
  }
  return [...found];
}

/** Each certificate once. */
export function distinct(certificates: X509Certificate[]): X509Certificate[] {
  return [...new Map(certificates.map((certificate) => [certificate.fingerprint256, certificate])).values()];
}

/** Name of a CA for people: its subject, and the beginning of its fingerprint, as two may have one subject. */
export function authorityName({ subject, fingerprint }: Authority): string {
  return `${subject} (${fingerprint.slice(0, 11)})`;
}

function signed(ca: X509Certificate, certificate: X509Certificate): boolean {
  return ca.ca && certificate.checkIssued(ca) && certificate.verify(ca.publicKey);
}
