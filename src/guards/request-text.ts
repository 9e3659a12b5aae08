import { literal } from '../kubernetes/cel';

/**
 * How a text looks in the base64 of something that it is a part of: three ways, as it may begin at any of three places of a group. Only
 * characters that the text alone decides are in them.
 *
 * @param part the text, or bytes
 */
export function inBase64(part: string | Uint8Array): string[] {
  const bytes = Buffer.from(part as Uint8Array);
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** ASCII, with a space for all that is not printed. */
const ASCII = Array.from({ length: 128 }, (_, code) =>
  code < 33 || code > 126 ? ' ' : String.fromCharCode(code),
).join('');

const digit = (index: number) => `variables.base64.indexOf(group.charAt(${index}))`;
const character = (code: string) => `variables.ascii.charAt(${code} % 128)`;

/** The API server stops an expression at a limit of cost, between 40,000 and 60,000 bytes, and would refuse without a word of the size. */
export const MOST_BYTES = 24 * 1024;

/**
 * The variable `text`: the PEM in the `request` of a CertificateRequest or CertificateSigningRequest, in one line. The API has it in base64,
 * which CEL has no function to read. What PEM wraps is base64 again, and stays so: compare it with `inBase64`.
 * A request for which `fits` is false has none.
 */
export const requestVariables = [
  { name: 'base64', expression: literal(BASE64) },
  { name: 'ascii', expression: literal(ASCII) },
  { name: 'request', expression: 'string(dyn(object).spec.request)' },
  { name: 'fits', expression: `size(variables.request) <= ${(MOST_BYTES / 3) * 4}` },
  {
    name: 'groups',
    expression:
      "(variables.fits ? variables.request : '').replace('=', 'A').findAll('....').map(group, " +
      `${digit(0)} * 262144 + ${digit(1)} * 4096 + ${digit(2)} * 64 + ${digit(3)})`,
  },
  {
    name: 'text',
    expression:
      `variables.groups.map(group, ${character('group / 65536')} + ${character('group / 256')} + ${character('group')})` +
      ".join('').replace(' ', '')",
  },
];
