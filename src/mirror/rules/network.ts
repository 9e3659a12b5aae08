import { checkLabels } from '../../kubernetes/label';
import { type Draft, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { checkRepeated } from '../../settings/repeated';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { MirrorSettings } from '../props/mirror-settings';
import { cidrMistake } from './cidr';

/** DNS servers are named by labels and narrow CIDRs, and only where policies are made. */
export function checkNetwork({ network }: Draft<MirrorSettings>): RuleProblem[] {
  const { policies, dns } = network ?? {};
  if (dns === undefined) return [];
  const path = ['network', 'dns'];
  if (policies === false) {
    return [invalidPlace(path, 'it contradicts policies: false, as it is for policies only: leave one out')];
  }
  const mistakes = present(dns.addresses).flatMap(([index, cidr]) => {
    const mistake = cidrMistake(cidr, 'the DNS servers');
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
