import { methods } from '../../mirror/contract/names';
import { inUnits, percent } from '../shared/bytes';
import { phaseInWords } from './credential';
import type { NodeFacts } from './nodes';
import type { UsageReport } from './usage';

/** Names of the columns of the table of nodes. */
export const HEAD = [
  'NODE',
  'READY',
  'PRESENTS',
  'PUBLISHED',
  'REFUSED',
  'WAITING',
  'FROM PEERS',
  'CREDENTIAL',
  'LAGGING',
];

/** A node as a row of the table. */
export function row({ node, ready, report }: NodeFacts): string[] {
  const start = [node, ready ? 'yes' : 'no'];
  if (report === undefined) {
    return [...start, ...HEAD.slice(2).map(() => '?')];
  }
  const { registries, credential } = report;
  const numbers = [registries.published, registries.refused, registries.waiting];
  return [
    ...start,
    methodInWords(report.presents),
    ...numbers.map(String),
    fromPeers(report.usage),
    credential ? phaseInWords(credential) : '-',
    credential ? (credential.lagging ? 'yes' : 'no') : '-',
  ];
}

/** An authentication method, for people. */
export function methodInWords(method: string | undefined): string {
  return method === methods.mutualTls ? 'mutual TLS' : (method ?? 'nothing yet');
}

/** The bytes from peers, and their share in all that arrived, as a cell. */
function fromPeers(usage: UsageReport | undefined): string {
  if (usage?.hitRatio === undefined) {
    return '-';
  }
  return `${percent(usage.hitRatio, 1)} (${inUnits(usage.peerBytes)})`;
}
