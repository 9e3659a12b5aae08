import type { Kubectl } from '../kubectl/kubectl';
import type { Stack } from '../kubectl/stack';
import { CliError } from '../shared/cli-error';

/** A Certificate of cert-manager. */
export interface CertificateObject {
  readonly name: string;
  /** Secret that it fills. */
  readonly secret: string;
  readonly issuer: IssuerRef;
  /** How long before its end cert-manager renews it, as in the manifest. */
  readonly renewBefore?: string;
}

/** Who signs. */
export interface IssuerRef {
  readonly name: string;
  readonly kind: string;
  readonly group: string;
}

/** An issuer, as people call it. */
export function issuerName({ kind, name }: IssuerRef): string {
  return `${kind} ${name}`;
}

/** Secret of a CA that an issuer signs with. */
export interface IssuerSecret {
  /**
   * Its namespace.
   *
   * @default - the mirror's
   */
  readonly namespace?: string;
  readonly name: string;
  /** Its certificate in PEM; empty when it does not exist, or the user may not read it. */
  readonly pem: string;
}

interface CertificateManifest {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly secretName: string;
    readonly renewBefore?: string;
    readonly issuerRef: { readonly name: string; readonly kind?: string; readonly group?: string };
  };
}

const GROUP = 'cert-manager.io';

/** Namespace of a ClusterIssuer's Secrets, unless cert-manager has another setting. */
const CLUSTER_RESOURCES = 'cert-manager';

/** The Certificates in the namespace; an empty list without cert-manager, or without the right to read them. */
export async function readCertificates(kubectl: Kubectl): Promise<CertificateObject[]> {
  const list = await unlessForbidden(() => kubectl.object<{ items: CertificateManifest[] }>(`certificates.${GROUP}`));
  return (list?.items ?? []).map(({ metadata, spec }) => ({
    name: metadata.name,
    secret: spec.secretName,
    issuer: { kind: 'Issuer', group: GROUP, ...spec.issuerRef },
    renewBefore: spec.renewBefore,
  }));
}

/** The CA's Secret of an issuer; nothing for an issuer without one, or without the right to read it. */
export async function readIssuerSecret(kubectl: Kubectl, issuer: IssuerRef): Promise<IssuerSecret | undefined> {
  if (issuer.group !== GROUP) {
    return undefined;
  }
  const namespace = issuer.kind === 'ClusterIssuer' ? CLUSTER_RESOURCES : undefined;
  const name = await unlessForbidden(() => kubectl.field('{.spec.ca.secretName}', kindOf(issuer), issuer.name));
  if (!name) {
    return undefined;
  }
  const keys = await unlessForbidden(() => kubectl.secret(name, ['tls.crt'], namespace));
  return { namespace, name, pem: keys?.[0] ?? '' };
}

/** Whether an issuer signs by ACME, as far as the user may read it. */
export async function signsByAcme(kubectl: Kubectl, issuer: IssuerRef): Promise<boolean> {
  if (issuer.group !== GROUP) {
    return false;
  }
  const server = await unlessForbidden(() => kubectl.field('{.spec.acme.server}', kindOf(issuer), issuer.name));
  return Boolean(server);
}

/** Its kind, as kubectl expects it. */
function kindOf({ kind }: IssuerRef): string {
  return `${kind.toLowerCase()}s.${GROUP}`;
}

/** Secrets of the identities: the mirror's pods mount them, except for the scrapers'. */
export function identitySecrets(stack: Stack, objects: CertificateObject[]): { identity: string; secret: string }[] {
  const scrapers = objects.filter(({ name }) => name === 'mirror-metrics');
  return [...stack.identities, ...scrapers.map(({ secret }) => ({ identity: 'metrics', secret }))];
}

/** Hours of a duration such as 240h0m0s. */
export function hoursOf(duration: string): number {
  const units: { readonly [unit: string]: number } = { h: 1, m: 1 / 60, s: 1 / 3600 };
  const parts = [...duration.matchAll(/([\d.]+)([hms])/g)];
  return parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (units[unit] ?? 0), 0);
}

async function unlessForbidden<T>(read: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CliError && error.kind === 'forbidden') {
      return undefined;
    }
    throw error;
  }
}
