import { createHash, generateKeyPairSync, type KeyObject, sign, X509Certificate } from 'node:crypto';

/** A certificate that a test made, with the key that nobody else needs. */
export interface Made {
  readonly pem: string;
  /** By which node agents call it, were it a CA. */
  readonly id: string;
  readonly certificate: X509Certificate;
  readonly name: string;
  readonly keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
}

/** What a certificate is to say. */
export interface Wanted {
  readonly name: string;
  /** Whether it may sign others; true when left out. */
  readonly ca?: boolean;
  /** Who signs; itself when left out. */
  readonly by?: Made;
  /** Its key; a new one when left out. */
  readonly keys?: Made['keys'];
  readonly from?: Date;
  readonly to?: Date;
}

const DAY = 24 * 3600 * 1000;

/** Makes a certificate: by hand, so that these tests need no program for it. */
export function make({ name, ca = true, by, keys = newKeys(), from, to }: Wanted): Made {
  const [start, end] = [from ?? new Date(Date.now() - DAY), to ?? new Date(Date.now() + 365 * DAY)];
  const algorithm = sequence(oid('2a8648ce3d040302')); // ecdsa-with-SHA256
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))), // version 3
    der(
      0x02,
      Buffer.concat([Buffer.from([1]), createHash('sha256').update(`${name}${start}`).digest().subarray(0, 8)]),
    ),
    algorithm,
    subject(by?.name ?? name),
    sequence(time(start), time(end)),
    subject(name),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(oid('551d13'), octets(ca ? sequence(der(0x01, Buffer.from([0xff]))) : sequence())))),
  );
  const signature = sign('sha256', body, (by?.keys ?? keys).privateKey);
  const whole = sequence(body, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  const pem = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  const id = createHash('sha256').update(whole.toString('base64')).digest('hex').slice(0, 12);
  return { pem, id, certificate: new X509Certificate(pem), name, keys };
}

/** A pair of keys. */
export function newKeys(): Made['keys'] {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function der(tag: number, content: Buffer): Buffer {
  const length = content.length;
  const head = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function octets(content: Buffer): Buffer {
  return der(0x04, content);
}

function subject(name: string): Buffer {
  return sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))));
}

function time(date: Date): Buffer {
  return der(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]|\.\d+/g, '')}`));
}
