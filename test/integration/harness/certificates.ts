import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CertificateSpec } from './emitted';

/** A certificate with its key and its CA, by the names that cert-manager gives them in a Secret. */
export interface KeyPair {
  readonly 'tls.crt': string;
  readonly 'tls.key': string;
  readonly 'ca.crt': string;
}

/** cert-manager's words for usages, and those of openssl. */
const extendedUsages: { readonly [usage: string]: string } = {
  'server auth': 'serverAuth',
  'client auth': 'clientAuth',
};

/** Days that a certificate is valid; openssl takes -1 for tests of expiry. */
const VALID = 1;
const EXPIRED = -1;

/** A CA of its own, which signs as cert-manager does. All have the same subject, so that only the signature tells them apart. */
export class Authority {
  private readonly ca = sign(
    VALID,
    ['basicConstraints = critical, CA:true', 'keyUsage = critical, keyCertSign'],
    '/CN=CA',
  );
  private readonly issued = new Map<string, KeyPair>();

  /** Certificate of the CA. */
  public get certificate(): string {
    return this.ca.certificate;
  }

  /** Signs what an emitted Certificate asks for; what was signed once is given again. */
  public issue(spec: CertificateSpec): KeyPair {
    return this.issueFor(spec, VALID);
  }

  /** Signs a certificate whose time is over. */
  public issueExpired(spec: CertificateSpec): KeyPair {
    return this.issueFor(spec, EXPIRED);
  }

  private issueFor(spec: CertificateSpec, days: number): KeyPair {
    const asked = JSON.stringify([spec, days]);
    const issued = this.issued.get(asked) ?? this.make(spec, days);
    this.issued.set(asked, issued);
    return issued;
  }

  private make(spec: CertificateSpec, days: number): KeyPair {
    const { uris = [], dnsNames = [], ipAddresses = [], usages } = spec;
    const names = [...uris.map(as('URI')), ...dnsNames.map(as('DNS')), ...ipAddresses.map(as('IP'))];
    const extended = usages.flatMap((usage) => extendedUsages[usage] ?? []);
    const extensions = [
      'basicConstraints = critical, CA:false',
      'keyUsage = critical, digitalSignature',
      'authorityKeyIdentifier = keyid',
      `extendedKeyUsage = ${extended.join(', ')}`,
      ...(names.length > 0 ? [`subjectAltName = critical, ${names.join(', ')}`] : []),
    ];
    // Without a SAN the subject is the right name: it must not be taken for one.
    const { certificate, key } = sign(days, extensions, names.length > 0 ? '/' : '/CN=peer', this.ca);
    return { 'tls.crt': certificate, 'tls.key': key, 'ca.crt': this.ca.certificate };
  }
}

interface Signed {
  readonly certificate: string;
  readonly key: string;
}

/** Makes an ECDSA P-256 key and a certificate of it, signed by a CA or by itself. */
function sign(days: number, extensions: string[], subject: string, ca?: Signed): Signed {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const write = (file: string, content: string) => writeFileSync(join(folder, file), content, { mode: 0o600 });
  try {
    const { publicKey, privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    write('tls.key', privateKey);
    write('tls.pub', publicKey);
    write('extensions', ['subjectKeyIdentifier = hash', ...extensions, ''].join('\n'));
    if (ca) {
      write('ca.crt', ca.certificate);
      write('ca.key', ca.key);
    }
    const asked = ['x509', '-new', '-subj', subject, '-days', `${days}`, '-extfile', 'extensions'];
    const signer = ca ? ['-force_pubkey', 'tls.pub', '-CA', 'ca.crt', '-CAkey', 'ca.key'] : ['-key', 'tls.key'];
    return { certificate: openssl([...asked, ...signer], folder), key: privateKey };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function openssl(args: string[], cwd: string): string {
  try {
    return execFileSync('openssl', args, { cwd, stdio: 'pipe', encoding: 'utf8' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new Error(
        'the integration tests make certificates with the program openssl (3.0 or newer), which is not there',
      );
    }
    throw error;
  }
}

function as(type: string): (name: string) => string {
  return (name) => `${type}:${name}`;
}
