import { literal } from '../kubernetes/cel';
import { neededParameter, parameterList, refusedParameter } from './parameters';

/**
 * Networks whose addresses mean a node, a metadata service or many hosts in every cluster, and networks of IPv6 whose addresses hold one
 * of IPv4. CEL takes ::ffff:10.0.0.1 for no address at all.
 */
const EVERYWHERE = [
  ...['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3', '168.63.129.16/32'],
  ...['::/96', 'fe80::/10', 'ff00::/8', '64:ff9b::/32', '2001::/32', '2002::/16'],
];

/** Addresses that a cluster's own networks may have. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7', 'fec0::/10'];

/** Variables for `isLocal` and `isPublicAddress`. */
export const addressVariables = [
  { name: 'cidrs', expression: parameterList('cidrs') },
  {
    name: 'local',
    expression: `(variables.cidrs.filter(line, isCIDR(line)) + ${literal(EVERYWHERE)}).map(line, cidr(line))`,
  },
  { name: 'private', expression: `${literal(PRIVATE)}.map(line, cidr(line))` },
];

/** A line that is no CIDR would guard nothing, unnoticed, and so would a list that somebody took out. */
export const addressValidations = [
  refusedParameter('cidrs', 'variables.cidrs.filter(line, !isCIDR(line))', 'what is no CIDR'),
  neededParameter('cidrs', 'variables.cidrs'),
];

/** Whether a text is an address of the cluster, or none in the form that the API server writes. */
export function isLocal(address: string): string {
  return `(!isIP(${address}) || variables.local.exists(net, net.containsIP(ip(${address}))))`;
}

/** Whether an address is one that neither a cluster nor a private network has. */
export function isPublicAddress(address: string): string {
  return `!(variables.local + variables.private).exists(net, net.containsIP(ip(${address})))`;
}
