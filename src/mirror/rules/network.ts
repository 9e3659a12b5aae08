import { checkLabels } from '../../kubernetes/label';
import { type Draft, present } from '../../settings/draft';
import type { Path } from '../../settings/path';
import { checkRepeated } from '../../settings/repeated';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { MirrorSettings } from '../props/mirror-settings';
import type { NetworkProps } from '../props/network-props';
import { cidrMistake } from './cidr';
import { checkExtraRules } from './extra-rules';

const LISTS = { nodes: 'the nodes', pods: 'the pods', services: 'the Services' } as const;

/** Addresses are narrow CIDRs. DNS servers, the CNI and its host firewall are named only where policies are made. */
export function checkNetwork(settings: Draft<MirrorSettings>): RuleProblem[] {
  const { network, entry } = settings;
  const lists = Object.entries(LISTS).flatMap(([list, whose]) =>
    checkCidrs(network?.cidrs?.[list as keyof typeof LISTS], ['network', 'cidrs', list], whose),
  );
  if (network?.policies === false) return [...checkWithoutPolicies(network), ...lists];
  return [...checkDns(network), ...checkHostFirewall(network, entry), ...checkExtraRules(settings), ...lists];
}

function checkWithoutPolicies(network: Draft<NetworkProps>): RuleProblem[] {
  const message = 'it contradicts policies: false, as it is for policies only: leave one out';
  const { dns, cni, hostFirewall, extraIngress, extraEgress } = network;
  const given = Object.entries({ dns, cni, hostFirewall: hostFirewall || undefined, extraIngress, extraEgress });
  return given.filter(([, value]) => value !== undefined).map(([key]) => invalidPlace(['network', key], message));
}

/** Only Cilium has a host firewall, and only a hostPort is a port of the node. */
function checkHostFirewall(
  { cni, hostFirewall }: Draft<NetworkProps> = {},
  entry: Draft<MirrorSettings>['entry'],
): RuleProblem[] {
  if (hostFirewall !== true) return [];
  const path = ['network', 'hostFirewall'];
  if (cni !== 'cilium') return [invalidValue(path, true, 'it is for cni: cilium only: leave it out')];
  if (entry?.clusterIp === undefined) return [];
  return [invalidValue(path, true, 'entry.clusterIp opens no port of a node that it could close: leave it out')];
}

/** DNS servers are named by labels and narrow CIDRs. */
function checkDns({ dns }: Draft<NetworkProps> = {}): RuleProblem[] {
  if (dns === undefined) return [];
  const path = ['network', 'dns'];
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
