import { checkLabels } from '../../kubernetes/label';
import { type Draft, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { checkRepeated } from '../../settings/repeated';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { MirrorSettings } from '../props/mirror-settings';
import type { NetworkProps } from '../props/network-props';
import { cidrMistake } from './cidr';

const LISTS = { nodes: 'the nodes', pods: 'the pods', services: 'the Services' } as const;

/** Addresses are narrow CIDRs. */
export function checkNetwork({ network }: Draft<MirrorSettings>): RuleProblem[] {
  const lists = Object.entries(LISTS).flatMap(([list, whose]) =>
    checkCidrs(network?.cidrs?.[list as keyof typeof LISTS], ['network', 'cidrs', list], whose),
  );
  return [...checkDns(network), ...lists];
}

/** DNS servers are named by labels and narrow CIDRs, and only where policies are made. */
function checkDns({ policies, dns }: Draft<NetworkProps> = {}): RuleProblem[] {
  if (dns === undefined) return [];
  const path = ['network', 'dns'];
  if (policies === false) {
    return [invalidPlace(path, 'it contradicts policies: false, as it is for policies only: leave one out')];
  }
  return [
    ...present(dns.pods).flatMap(([index, { labels }]) => checkSelector(labels, [...path, 'pods', index, 'labels'])),
    ...checkCidrs(dns.addresses, [...path, 'addresses'], 'the DNS servers'),
  ];
}

function checkCidrs(list: Draft<string[]> | undefined, path: Path, whose: string): RuleProblem[] {
  const mistakes = present(list).flatMap(([index, cidr]) => {
    const mistake = cidrMistake(cidr, whose);
    return mistake === undefined ? [] : [invalidValue([...path, index], cidr, mistake)];
  });
  return [...mistakes, ...checkRepeated(list, path)];
}

function checkSelector(labels: { readonly [key: string]: string | undefined } | undefined, path: Path): RuleProblem[] {
  if (labels === undefined || Object.keys(labels).length > 0) return checkLabels(labels ?? {}, path);
  return [
    invalidPlace(path, 'no label selects every pod of the namespace: name a label that only the DNS servers have'),
  ];
}
