import { isIP } from 'node:net';
import type { ClusterProps } from '../cluster-props';
import { type Draft, present } from './draft';
import { checkRepeated } from './repeated';
import { misplaced, type RuleProblem, wrong } from './rule-problem';

/** DNS servers are named by narrow CIDRs, and only where policies are made. */
export function checkNetwork({ network }: Draft<ClusterProps>): RuleProblem[] {
  const { policies, dnsAddresses } = network ?? {};
  const path = ['network', 'dnsAddresses'];
  if (dnsAddresses !== undefined && policies === false) {
    return [misplaced(path, 'it contradicts policies: false, as it is for policies only: leave one out')];
  }
  const mistakes = present(dnsAddresses).flatMap(([index, cidr]) => {
    const mistake = cidrMistake(cidr);
    return mistake === undefined ? [] : [wrong([...path, index], cidr, mistake)];
  });
  return [...mistakes, ...checkRepeated(dnsAddresses, path)];
}

function cidrMistake(cidr: string): string | undefined {
  const [address = '', prefix, ...rest] = cidr.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits > 0 && prefix === undefined) return `the prefix length is missing: write ${address}/${bits}`;
  const length = /^(0|[1-9][0-9]{0,2})$/.test(prefix ?? '') ? Number(prefix) : Infinity;
  if (bits === 0 || length > bits || rest.length > 0 || address.includes('%')) {
    return 'an address in CIDR notation is wanted, such as 169.254.20.10/32';
  }
  return length === 0 ? 'this is every address there is: name those of the DNS servers' : undefined;
}
