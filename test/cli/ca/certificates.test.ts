import { createHash } from 'node:crypto';
import { hoursOf } from '../../../src/cli/ca/cert-manager';
import { authority, certificatesIn, distinct, signers } from '../../../src/cli/ca/certificates';
import { make } from './certificate-maker';

const old = make({ name: 'CA' });
const other = make({ name: 'CA' });
const leaf = make({ name: 'peer', ca: false, by: old });
const fingerprint = (made: typeof old) => made.certificate.fingerprint256;

describe('who signed a certificate', () => {
  it('is told by the signature, where two CAs have one name', () => {
    expect(signers([leaf.certificate], [other.certificate, old.certificate])).toEqual([fingerprint(old)]);
  });

  it('is nobody where the CA is not known, or what looks like it is none', () => {
    const notCa = make({ name: 'CA', ca: false, keys: old.keys });
    expect(signers([leaf.certificate], [other.certificate, notCa.certificate])).toEqual([]);
    expect(signers([], [old.certificate])).toEqual([]);
  });

  it('goes through certificates that are sent along, and not through others', () => {
    const between = make({ name: 'between', by: old });
    const end = make({ name: 'peer', ca: false, by: between });
    expect(signers([end.certificate, between.certificate], [old.certificate])).toEqual([fingerprint(old)]);
    expect(signers([end.certificate, leaf.certificate], [old.certificate])).toEqual([]);
    expect(signers([end.certificate], [old.certificate, between.certificate])).toEqual([fingerprint(between)]);
  });

  it('is both, where a CA was renewed with the same key', () => {
    const renewed = make({ name: 'CA', keys: old.keys, from: new Date() });
    expect(signers([leaf.certificate], [old.certificate, renewed.certificate])).toHaveLength(2);
  });

  it('ends where certificates signed each other', () => {
    const crossed = make({ name: 'crossed', by: old });
    const back = make({ name: 'CA', by: crossed, keys: old.keys });
    expect(signers([leaf.certificate, crossed.certificate, back.certificate], [other.certificate])).toEqual([]);
  });
});

describe('certificates in a text', () => {
  it('are all that can be read, whatever is between them', () => {
    const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
    const text = `# bundle\r\n${old.pem.replaceAll('\n', '\r\n')}${broken}\n${other.pem.trimEnd()}${leaf.pem}`;
    expect(certificatesIn(text).map(({ fingerprint256 }) => fingerprint256)).toEqual(
      [old, other, leaf].map(fingerprint),
    );
    expect(certificatesIn('')).toEqual([]);
  });

  it('count once', () => {
    expect(distinct(certificatesIn(old.pem + other.pem + old.pem))).toHaveLength(2);
  });

  it('have the id that node agents give them', () => {
    const base64 = old.pem.replace(/-----.*-----|\n/g, '');
    const id = createHash('sha256').update(base64).digest('hex').slice(0, 12);
    expect(authority(old.certificate)).toMatchObject({ subject: 'CN=CA', id });
  });
});

it.each([
  ['240h0m0s', 240],
  ['20m0s', 1 / 3],
  ['1h30m', 1.5],
  ['', 0],
])('%s is %d hours', (text, hours) => {
  expect(hoursOf(text)).toBeCloseTo(hours);
});
