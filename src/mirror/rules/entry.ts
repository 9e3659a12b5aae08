import type { Draft } from '../../settings/draft';
import { invalidPlace, invalidValue, type RuleProblem } from '../../settings/rule-problem';
import { mirrorDefaults } from '../props/defaults';
import type { MirrorSettings } from '../props/mirror-settings';

const TAKEN = new Map([
  [2379, 'etcd'],
  [2380, 'etcd'],
  [6443, 'the API server'],
  [10250, 'the kubelet'],
  [10255, 'the kubelet'],
  [10256, 'kube-proxy'],
]);

/** An entry is one of its two kinds, at a port and an address that can be had. */
export function checkEntry({ entry }: Draft<MirrorSettings>): RuleProblem[] {
  if (entry === undefined) return [];
  const { loopback, clusterIp } = entry;
  const problems: RuleProblem[] = [];
  if (Object.keys(entry).length === 0) {
    problems.push(
      invalidPlace(['entry'], 'loopback or clusterIp is missing: name one, or leave entry out for loopback'),
    );
  }
  if (loopback && clusterIp)
    problems.push(invalidPlace(['entry'], 'loopback and clusterIp contradict each other: keep one'));
  const user = TAKEN.get(loopback?.port ?? 0);
  if (user !== undefined) {
    const message = `on nodes this port belongs to ${user}: choose another, or leave it out for ${mirrorDefaults.entry.port}`;
    problems.push(invalidValue(['entry', 'loopback', 'port'], loopback?.port, message));
  }
  const range = specialRange(clusterIp?.address ?? '');
  if (range !== undefined) {
    const message = `an address of ${range} cannot be a Service's: choose a free one of the cluster's Service range`;
    problems.push(invalidValue(['entry', 'clusterIp', 'address'], clusterIp?.address, message));
  }
  return problems;
}

function specialRange(address: string): string | undefined {
  const [first, second] = address.split('.').map(Number);
  if (first === undefined || second === undefined) return undefined;
  if (first === 0) return '0.0.0.0/8 (this host)';
  if (first === 127) return '127.0.0.0/8 (loopback)';
  if (first === 169 && second === 254) return '169.254.0.0/16 (link-local)';
  if (first >= 240) return '240.0.0.0/4 (reserved)';
  return first >= 224 ? '224.0.0.0/4 (multicast)' : undefined;
}
