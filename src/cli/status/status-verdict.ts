import { names } from '../shared/table';
import type { NodeFacts } from './nodes';
import { certificateFindings } from './status-certificates';
import { credentialFindings, phaseInWords } from './status-credential';
import { type Finding, ok, problem, type StatusFacts, warning } from './status-facts';

/** What is to be said about a stack's state, the nodes first. */
export function findings(facts: StatusFacts): Finding[] {
  const { nodes } = facts;
  return [
    ...readiness(facts),
    ...ways(nodes),
    ...credentialFindings(nodes),
    ...certificateFindings(facts),
    ...permissiveFindings(facts),
  ];
}

function readiness({ nodes, wanted }: StatusFacts): Finding[] {
  const unready = nodes.filter(({ ready }) => !ready);
  const silent = nodes.filter(({ silence }) => silence !== undefined);
  const refusing = nodes.filter(({ report }) => (report?.registries.refused ?? 0) > 0);
  const only = nodes.filter(({ report }) => report?.only);
  const missing = Math.max(0, wanted - nodes.length);
  return [
    ...(nodes.length === 0 ? [problem('nodes: no node runs the mirror')] : []),
    ...(unready.length > 0 ? [problem(`nodes: not ready: ${named(unready)}`)] : []),
    ...(missing > 0
      ? [problem(`nodes: ${missing} of ${wanted} ${missing === 1 ? 'has' : 'have'} no pod of the mirror`)]
      : []),
    ...silent.map(({ node, silence }) => problem(`nodes: ${node}: ${silence}`)),
    ...(unready.length + silent.length + missing === 0 && nodes.length > 0
      ? [ok(nodes.length === 1 ? 'nodes: the only one is ready' : `nodes: all ${nodes.length} are ready`)]
      : []),
    ...only.map(({ node }) =>
      nodes.length > 1
        ? problem(`nodes: ${node}: takes itself for the only mirror; if that stays, it does not find the others by DNS`)
        : warning(`nodes: ${node}: the only mirror, waiting for one on a second node; layers come from the origin`),
    ),
    ...(refusing.length > 0
      ? [warning(`registries: settings of others are left alone, see the log of node-agent: ${named(refusing)}`)]
      : []),
    ...unreached(nodes),
  ];
}

/** A folder that is on many nodes is said once. */
function unreached(nodes: NodeFacts[]): Finding[] {
  const found = nodes.flatMap((node) => ((node.report?.unreached?.count ?? 0) > 0 ? [node] : []));
  if (found.length === 0) {
    return [];
  }
  const folders = [...new Set(found.flatMap(({ report }) => report?.unreached?.folders ?? []))].sort();
  const what = folders.length > 0 ? names(folders) : 'folders with names that are no registry';
  return [
    warning(
      `registries: _default does not reach those with a folder of their own on a node, list them beside it: ${what} (on ${named(found)})`,
    ),
  ];
}

function ways(nodes: NodeFacts[]): Finding[] {
  const all = [...new Set(nodes.flatMap(({ report }) => (report ? [wayInWords(report.presents)] : [])))];
  if (all.length < 2) {
    return [];
  }
  const who = all.map(
    (way) => `${way}: ${named(nodes.filter(({ report }) => report && wayInWords(report.presents) === way))}`,
  );
  return [warning(`presented: nodes differ, a change has not come everywhere (${who.join('; ')})`)];
}

function permissiveFindings({ nodes, permissive }: StatusFacts): Finding[] {
  if (!permissive) {
    return [];
  }
  const counts = countedBySource(nodes);
  const starts = nodes.flatMap(({ since = [] }) => since).sort();
  const since = starts.length > 0 ? `, the last of which started at ${starts.at(-1)}` : '';
  if (counts.length === 0) {
    const blind = nodes.filter(({ report }) => report === undefined);
    return nodes.length === 0 || blind.length > 0
      ? [warning(`permissive: nothing is known of nodes without a report: ${named(blind) || 'there are none'}`)]
      : [ok(`permissive: enforcing looks safe: no request without a credential since the agents started${since}`)];
  }
  const top = counts.map(({ door, source, count }) => `${source} at ${door} (${count})`);
  return [warning(`permissive: enforcing would shut out: ${names(top)}; counted since the agents started${since}`)];
}

/** Requests that showed nothing, over all nodes, most first. */
export function countedBySource(nodes: NodeFacts[]): { door: string; source: string; count: number }[] {
  const sums = new Map<string, { door: string; source: string; count: number }>();
  for (const { door, source, count } of nodes.flatMap(({ report }) => report?.unauthenticated ?? [])) {
    const key = `${door} ${source}`;
    sums.set(key, { door, source, count: count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()].filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}

/** Names of the columns of the table of nodes. */
export const HEAD = ['NODE', 'READY', 'PRESENTS', 'PUBLISHED', 'REFUSED', 'WAITING', 'CREDENTIAL', 'LAGGING'];

/** A node as a row of the table. */
export function row({ node, ready, report }: NodeFacts): string[] {
  const start = [node, ready ? 'yes' : 'no'];
  if (report === undefined) {
    return [...start, ...HEAD.slice(2).map(() => '?')];
  }
  const { registries, credential } = report;
  const counts = [registries.published, registries.refused, registries.waiting];
  return [
    ...start,
    wayInWords(report.presents),
    ...counts.map(String),
    credential ? phaseInWords(credential) : '-',
    credential ? (credential.lagging ? 'yes' : 'no') : '-',
  ];
}

function wayInWords(way: string | undefined): string {
  return way === 'mutual-tls' ? 'mutual TLS' : (way ?? 'nothing yet');
}

function named(nodes: NodeFacts[]): string {
  return names(nodes.map(({ node }) => node));
}
