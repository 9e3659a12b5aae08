import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apply, NAMESPACE } from './kubectl';
import { run } from './run';

/** Name of the Secret with the credential: the default, under which moves replace no pods. */
export const CREDENTIAL = 'mirror-credential';
/** Name of the Secret with the credential of scrapers: likewise. */
export const METRICS_CREDENTIAL = 'mirror-metrics-credential';

/** A CA, in PEM. */
export interface Ca {
  readonly certificate: string;
  readonly key: string;
}

/** Makes a CA. */
export async function newCa(): Promise<Ca> {
  const folder = mkdtempSync(join(tmpdir(), 'cluster-ca-'));
  try {
    const [key, certificate] = [join(folder, 'ca.key'), join(folder, 'ca.crt')];
    const subject = ['-subj', `/CN=mirror test CA ${randomBytes(3).toString('hex')}`, '-days', '2'];
    const algorithm = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    await run(['openssl', 'req', '-x509', ...algorithm, ...subject, '-keyout', key, '-out', certificate]);
    return { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Gives the CA that certificates are to be signed with to the cluster. */
export function giveCa(ca: Ca): Promise<void> {
  return secret('mirror-ca', 'kubernetes.io/tls', { 'tls.crt': ca.certificate, 'tls.key': ca.key });
}

/** Gives the CAs that are to be trusted to the cluster. */
export function giveTrust(...cas: Ca[]): Promise<void> {
  return apply({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace: NAMESPACE, name: 'mirror-trust' },
    data: { 'ca.crt': cas.map((ca) => ca.certificate).join('') },
  });
}

/** A password that nobody else has, with characters that are special to shells, JSON and URLs. */
export function newPassword(): string {
  return `${randomBytes(15).toString('base64url')} "$'\\:/&%`;
}

/**
 * Gives a credential to the cluster, and takes back the one before.
 *
 * @param password the password
 * @param name name of the Secret
 * @param more more keys of it
 */
export function giveCredential(password: string, name = CREDENTIAL, more: Record<string, string> = {}): Promise<void> {
  return secret(name, 'kubernetes.io/basic-auth', { username: 'mirror', password, ...more });
}

function secret(name: string, type: string, content: Record<string, string>): Promise<void> {
  const encoded = Object.entries(content).map(([key, text]) => [key, Buffer.from(text).toString('base64')]);
  const metadata = { namespace: NAMESPACE, name };
  return apply({ apiVersion: 'v1', kind: 'Secret', metadata, type, data: Object.fromEntries(encoded) });
}
