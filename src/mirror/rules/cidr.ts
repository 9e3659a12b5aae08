import { isIP } from 'node:net';

/** The shortest prefix, such as of 10.0.0.0/8 and fd00::/8. */
const SHORTEST = 8;

/**
 * What is wrong with addresses in CIDR notation, if anything.
 *
 * @param cidr the addresses
 * @param whose who should have them, in the plural
 */
export function cidrMistake(cidr: string, whose: string): string | undefined {
  const [address = '', prefix, ...rest] = cidr.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits > 0 && prefix === undefined) return `the prefix length is missing: write ${address}/${bits}`;
  const length = /^(0|[1-9][0-9]{0,2})$/.test(prefix ?? '') ? Number(prefix) : Infinity;
  if (bits === 0 || length > bits || rest.length > 0 || address.includes('%')) {
    return 'expected an address in CIDR notation, such as 169.254.20.10/32';
  }
  if (/^::ffff:/i.test(address)) return 'these are addresses of IPv4 as IPv6 writes them: write them as IPv4';
  if (length === 0) return `this is every address there is: name the addresses of ${whose}`;
  if (length >= SHORTEST) return undefined;
  return `a prefix under /${SHORTEST} is more than one network has, and a few of them are every address there is: name the addresses of ${whose}`;
}
