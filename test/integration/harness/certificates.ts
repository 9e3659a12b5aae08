import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyAlgorithm } from '../../../src/mirror/props/certificate-policy-props';
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

/** When a certificate begins and ends to be valid, in days from now. */
interface Period {
  readonly from: number;
  readonly to: number;
}

const VALID: Period = { from: -1, to: 1 };
const EXPIRED: Period = { from: -2, to: -1 };
const NOT_YET: Period = { from: 2, to: 3 };

/** A CA of its own, which signs as cert-manager does. All have the same subject, so that only the signature tells them apart. */
export class Authority {
  private readonly ca: Signed;
  private readonly issued = new Map<string, KeyPair>();

  /**
   * @param expired whether its own time is over
   */
  public constructor(expired = false) {
    const extensions = ['basicConstraints = critical, CA:true', 'keyUsage = critical, keyCertSign'];
    this.ca = sign(expired ? EXPIRED : VALID, extensions, '/CN=CA');
  }

  /** Certificate of the CA. */
  public get certificate(): string {
    return this.ca.certificate;
  }

  /** Signs what an emitted Certificate asks for; what was signed once is given again. */
  public issue(spec: CertificateSpec): KeyPair {
    return this.issueFor(spec, VALID);
  }

  /** Signs a certificate of a key of another kind. */
  public issueOf(algorithm: KeyAlgorithm, spec: CertificateSpec): KeyPair {
    return this.make(spec, VALID, algorithm);
  }

  /** Signs a certificate whose time is over. */
  public issueExpired(spec: CertificateSpec): KeyPair {
    return this.issueFor(spec, EXPIRED);
  }

  /** Signs a certificate whose time has not come: so it looks to a node whose clock is two days late. */
  public issueForLater(spec: CertificateSpec): KeyPair {
    return this.issueFor(spec, NOT_YET);
  }

  private issueFor(spec: CertificateSpec, period: Period): KeyPair {
    const asked = JSON.stringify([spec, period]);
    const issued = this.issued.get(asked) ?? this.make(spec, period);
    this.issued.set(asked, issued);
    return issued;
  }

  private make(spec: CertificateSpec, period: Period, algorithm?: KeyAlgorithm): KeyPair {
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
    const { certificate, key } = sign(period, extensions, names.length > 0 ? '/' : '/CN=peer', this.ca, algorithm);
    return { 'tls.crt': certificate, 'tls.key': key, 'ca.crt': this.ca.certificate };
  }
}

interface Signed {
  readonly certificate: string;
  readonly key: string;
}

/** Makes an ECDSA P-256 key and a certificate of it, signed by a CA or by itself. */
function sign(period: Period, extensions: string[], subject: string, ca?: Signed, algorithm?: KeyAlgorithm): Signed {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const write = (file: string, content: string) => writeFileSync(join(folder, file), content, { mode: 0o600 });
  try {
    const privateKey = newKey(algorithm);
    write('tls.key', privateKey);
    write('config', configuration(extensions));
    write('index', '');
    write('index.attr', 'unique_subject = no\n');
    if (ca) {
      write('ca.crt', ca.certificate);
      write('ca.key', ca.key);
    }
    openssl(['req', '-new', '-config', 'config', '-key', 'tls.key', '-subj', subject, '-out', 'asked'], folder);
    const signer = ca ? ['-cert', 'ca.crt', '-keyfile', 'ca.key'] : ['-selfsign', '-keyfile', 'tls.key'];
    const times = ['-startdate', timeIn(period.from), '-enddate', timeIn(period.to)];
    const asked = ['ca', '-batch', '-notext', '-config', 'config', '-in', 'asked', ...times];
    return { certificate: openssl([...asked, ...signer], folder), key: privateKey };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function newKey(algorithm: KeyAlgorithm = 'ECDSA-P256'): string {
  const [kind, size = ''] = algorithm.split('-');
  const { privateKey } =
    kind === 'ECDSA'
      ? generateKeyPairSync('ec', { namedCurve: size.replace('P', 'P-') })
      : generateKeyPairSync('rsa', { modulusLength: Number(size) });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function configuration(extensions: string[]): string {
  const lines = [
    '[ca]\ndefault_ca = own',
    '[own]\ndatabase = index\nnew_certs_dir = .\ndefault_md = sha256\nrand_serial = yes\npolicy = any\nx509_extensions = extensions',
    'string_mask = utf8only\nunique_subject = no\npreserve = yes',
    '[any]\ncommonName = optional',
    '[req]\ndistinguished_name = name\n[name]',
    '[extensions]\nsubjectKeyIdentifier = hash',
    ...extensions,
  ];
  return `${lines.join('\n')}\n`;
}

/** A time that openssl understands: YYYYMMDDHHMMSSZ. */
function timeIn(days: number): string {
  const time = new Date(Date.now() + days * 86_400_000);
  return `${time.toISOString().replace(/[-:T]|[.].*/g, '')}Z`;
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
