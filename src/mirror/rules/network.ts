import { isIP } from 'node:net';
import { checkLabels } from '../../kubernetes/label';
import { type Draft, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { checkRepeated } from '../../settings/repeated';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { MirrorSettings } from '../props/mirror-settings';

/** DNS servers are named by labels and narrow CIDRs, and only where policies are made. */
export function checkNetwork({ network }: Draft<MirrorSettings>): RuleProblem[] {
  const { policies, dns } = network ?? {};
  if (dns === undefined) return [];
  const path = ['network', 'dns'];
  if (policies === false) {
    return [invalidPlace(path, 'it contradicts policies: false, as it is for policies only: leave one out')];
  }
  const mistakes = present(dns.addresses).flatMap(([index, cidr]) => {
    const mistake = cidrMistake(cidr);
    return mistake === undefined ? [] : [invalidValue([...path, 'addresses', index], cidr, mistake)];
  });
  return [
    ...present(dns.pods).flatMap(([index, { labels }]) => checkSelector(labels, [...path, 'pods', index, 'labels'])),
    ...mistakes,
    ...checkRepeated(dns.addresses, [...path, 'addresses']),
  ];
}

function checkSelector(labels: { readonly [key: string]: string | undefined } | undefined, path: Path): RuleProblem[] {
  if (labels === undefined || Object.keys(labels).length > 0) return checkLabels(labels ?? {}, path);
  return [
    invalidPlace(path, 'no label selects every pod of the namespace: name a label that only the DNS servers have'),
  ];
}

function cidrMistake(cidr: string): string | undefined {
  const [address = '', prefix, ...rest] = cidr.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits > 0 && prefix === undefined) return `the prefix length is missing: write ${address}/${bits}`;
  const length = /^(0|[1-9][0-9]{0,2})$/.test(prefix ?? '') ? Number(prefix) : Infinity;
  if (bits === 0 || length > bits || rest.length > 0 || address.includes('%')) {
    return 'expected an address in CIDR notation, such as 169.254.20.10/32';
  }
  return length === 0 ? 'this is every address there is: name the addresses of the DNS servers' : undefined;
}
