import { ports } from '../../../mirror/contract/ports';
import { type Finding, finding } from '../../shared/finding';
import { names } from '../../shared/table';
import type { NodeFacts } from '../../status/nodes';

/**
 * Whether mirrors have found each other: a mirror of several serves no registry before it has found another one.
 *
 * @param nodes what each node's agent reports
 * @param logs the command that shows the log of Spegel
 */
export function peersFinding(nodes: readonly NodeFacts[], logs: string): Finding {
  const { peers, router } = ports.listeners;
  const about = (level: 'ok' | 'unknown' | 'problem', message: string, fix?: string) =>
    finding(level, 'peers', 'peers', message, fix);
  const reports = nodes.flatMap(({ node, report }) => (report === undefined ? [] : [{ node, report }]));
  const waiting = reports.filter(({ report }) => report.registries.waiting > 0);
  if (waiting.length > 0) {
    const why = `the mirror serves no registry yet, as it has found no other: ${names(waiting.map(({ node }) => node))}`;
    return about(
      'problem',
      why,
      `policies and firewalls must let the nodes reach each other at ports ${peers} and ${router}; see\n${logs}`,
    );
  }
  if (reports.length < 2 || reports.some(({ report }) => report.only)) {
    return about('unknown', 'not tried: fewer than two mirrors');
  }
  return about('ok', `all ${reports.length} mirrors have found others`);
}
