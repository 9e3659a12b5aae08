import { isPublicAddress } from './local-addresses';
import { parameterList } from './parameters';

/** Three labels or more: two may be a Service and its namespace, or a node and its domain. */
const FULL = '^([a-z0-9_]([-a-z0-9_]*[a-z0-9])?[.]){2,}([a-z]{2,}|xn--[-a-z0-9]+)$';
/** Labels that mean something inside of a cluster or of a site. */
const INSIDE =
  '(^|[.])(localhost|localdomain|local|internal|svc|pod)([.]|$)|[.](lan|home|corp|intranet|private|arpa|test)$';
/** Four decimal numbers, or eight hexadecimal digits: services such as nip.io answer with the address that the name holds. */
const HOLDS_ADDRESS = '[0-9]{1,3}([.-][0-9]{1,3}){3}|(^|[.-])[0-9a-f]{8}([.-]|$)';

/** Variables for `isAllowed`. */
export const hostVariables = [
  { name: 'allowedHosts', expression: `${parameterList('webhooks.allowedHosts')}.map(line, line.lowerAscii())` },
  { name: 'publicHosts', expression: `${parameterList('webhooks.publicHosts')} == ['true']` },
];

/** A host in the form that is judged: in lower case, without dots at its ends. CEL trims white space only, and no host has any. */
export function plainHost(host: string): string {
  return `${host}.lowerAscii().replace('.', ' ').trim().replace(' ', '.')`;
}

/**
 * Whether an operator lists a host, or allows public ones and it is one.
 *
 * @param host the host, plain
 * @param withPort the host with its port, where it has one
 */
export function isAllowed(host: string, withPort = host): string {
  const listed = `variables.allowedHosts.exists(line, line == ${host} || line == ${withPort} || (line.startsWith('*.') && ${host}.endsWith(line.substring(1))))`;
  return `(${listed} || (variables.publicHosts && ${isPublic(host)}))`;
}

function isPublic(host: string): string {
  const name = [
    `${host}.matches('${FULL}')`,
    `!${host}.matches('${INSIDE}')`,
    `!${host}.matches('${HOLDS_ADDRESS}')`,
    // sslip.io takes fd00--1 for fd00::1.
    `!${host}.replace('xn--', '').contains('--')`,
  ];
  return `(isIP(${host}) ? ${isPublicAddress(host)} : ${name.join(' && ')})`;
}
