import { isIPv4 } from 'node:net';
import { literal } from '../kubernetes/cel';
import { Identity, uriSan } from '../mirror/authentication/identity';
import type { ResolvedMirror } from '../mirror/resolved';
import { inBase64 } from './request-text';

/** What the certificates of a mirror say, and who signs them. */
export interface MirrorNames {
  /** What its URI SANs begin with. */
  readonly uri: string;
  /** What its DNS SANs end with. */
  readonly dns: string;
  /** Its common names. */
  readonly commonNames: string[];
  /** Address of the entry, as IP SAN. */
  readonly address: string;
  /** Who signs for the whole cluster: nobody, where the issuer is one of the mirror's namespace or certificates are made otherwise. */
  readonly sharedIssuer?: { readonly name: string; readonly kind: string; readonly group: string };
}

/**
 * What the certificates of a mirror say.
 *
 * @param mirror the settings
 * @returns nothing without mutual TLS
 */
export function mirrorNames({ namespace, authentication, entry }: ResolvedMirror): MirrorNames | undefined {
  const { mutualTls } = authentication;
  if (mutualTls === undefined) return undefined;
  const { issuer, certificates, trustDomain } = mutualTls;
  const identities = Object.values(Identity);
  return {
    uri: uriSan({ name: trustDomain, namespace }, '' as Identity),
    dns: `.${namespace}.svc`,
    commonNames:
      certificates.commonName === undefined
        ? []
        : identities.map((identity) => `${identity}.${certificates.commonName}`),
    address: entry.address,
    sharedIssuer: issuer === undefined || issuer.ref.kind === 'Issuer' ? undefined : issuer.ref,
  };
}

/** Whether the spec of a Certificate, a variable of CEL, has a name of the mirror. */
export function hasMirrorName({ uri, dns, commonNames }: MirrorNames): string {
  const texts = (key: string) => `variables.spec.?${key}.orValue([])`;
  const named = (name: string) => `variables.subject.contains(${literal(name.toLowerCase())})`;
  return [
    // The scheme may be in capitals, and is not in the certificate.
    `${texts('uris')}.exists(text, text.lowerAscii().startsWith(${literal(uri)}))`,
    `${texts('dnsNames')}.exists(text, (text.lowerAscii() + '.').contains(${literal(`${dns}.`)}))`,
    ...commonNames.map(named),
  ].join(' || ');
}

/** Whether the spec of a Certificate has the address of the entry, or one that cannot be read. */
export function hasEntryAddress({ address }: MirrorNames): string {
  return `variables.spec.?ipAddresses.orValue([]).exists(text, !isIP(text) || ip(text) == ip(${literal(address)}))`;
}

/** How a name of the mirror looks in a request of PEM: URIs in every spelling that gives the mirror's, other names as the mirror has them. */
export function namesInRequest({ uri, dns, commonNames }: MirrorNames): string[] {
  return [uri.slice(uri.indexOf(':')), `${dns.slice(1)}`, ...commonNames].flatMap(inBase64);
}

/** How the address of the entry looks there: also as an IPv6 address that means it, of which an issuer makes the IPv4 one. */
export function addressInRequest({ address }: MirrorNames): string[] {
  const bytes = isIPv4(address) ? address.split('.').map(Number) : ipv6Bytes(address);
  const tags = isIPv4(address)
    ? [
        [0x87, 4],
        [0xff, 0xff],
      ]
    : [[0x87, 16]];
  return tags.flatMap((tag) => inBase64(Uint8Array.from([...tag, ...bytes])));
}

function ipv6Bytes(address: string): number[] {
  // The parser of URLs writes it in full but for one run of zeros.
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = [], tail = []] = text.split('::').map((part) => part.split(':').filter((word) => word !== ''));
  const words = text.includes('::') ? [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail] : head;
  return words.map((word) => Number.parseInt(word, 16)).flatMap((word) => [word >> 8, word & 0xff]);
}
