import { type Finding, finding } from '../shared/finding';
import { names } from '../shared/table';
import { bypassedFindings } from './bypassed';
import { certificateFindings } from './certificates';
import { credentialFindings } from './credential';
import type { StatusFacts } from './facts';
import type { NodeFacts } from './nodes';
import { methodInWords } from './nodes-table';
import { permissiveFindings } from './permissive';

/** Findings about a stack's state, the nodes first. */
export function statusFindings(facts: StatusFacts): Finding[] {
  const { nodes } = facts;
  return [
    ...readiness(facts),
    ...bypassedFindings(nodes),
    ...upstreamAuthentication(nodes),
    ...credentialFindings(nodes),
    ...certificateFindings(facts),
    ...permissiveFindings(facts),
  ];
}

function readiness({ nodes, scheduled }: StatusFacts): Finding[] {
  const unready = nodes.filter(({ ready }) => !ready);
  const silent = nodes.filter(({ silence }) => silence !== undefined);
  const refusing = nodes.filter(({ report }) => (report?.registries.refused ?? 0) > 0);
  const only = nodes.filter(({ report }) => report?.only);
  const missing = Math.max(0, scheduled - nodes.length);
  return [
    ...(nodes.length === 0 ? [finding('problem', 'no-node', 'nodes', 'no node runs the mirror')] : []),
    ...(unready.length > 0 ? [finding('problem', 'not-ready', 'nodes', `not ready: ${named(unready)}`)] : []),
    ...(missing > 0
      ? [
          finding(
            'problem',
            'no-pod',
            'nodes',
            `${missing} of ${scheduled} ${missing === 1 ? 'has' : 'have'} no pod of the mirror`,
          ),
        ]
      : []),
    ...silent.map(({ node, silence = '' }) => finding('problem', 'silent', `node ${node}`, silence)),
    ...(unready.length + silent.length + missing === 0 && nodes.length > 0
      ? [
          finding(
            'ok',
            'ready',
            'nodes',
            nodes.length === 1 ? 'the only one is ready' : `all ${nodes.length} are ready`,
          ),
        ]
      : []),
    ...only.map(({ node }) =>
      nodes.length > 1
        ? finding(
            'problem',
            'alone',
            `node ${node}`,
            'takes itself for the only mirror',
            'if this lasts, look why it does not find the others by DNS',
          )
        : finding(
            'warning',
            'only-mirror',
            `node ${node}`,
            'the only mirror, waiting for one on a second node; layers come from the origin',
          ),
    ),
    ...(refusing.length > 0
      ? [
          finding(
            'warning',
            'refused-registry',
            'registries',
            `the agent leaves settings of others alone: ${named(refusing)}`,
            'see the log of node-agent',
          ),
        ]
      : []),
    ...unreached(nodes),
    ...unlinked(nodes),
  ];
}

/** Nodes on which something of others is where the agent would link containerd's default list. */
function unlinked(nodes: NodeFacts[]): Finding[] {
  const found = nodes.filter(({ report }) => report?.defaultListLinked === false);
  if (found.length === 0) {
    return [];
  }
  const message = `containerd's default list does not lead to the registry settings, as others made /etc/containerd/certs.d:/etc (on ${named(found)})`;
  const fix = 'remove that, or set config_path to the one folder /etc/containerd/certs.d and restart containerd';
  return [finding('warning', 'default-list', 'containerd', message, fix)];
}

/** One finding for all nodes: the same folder may be on many. */
function unreached(nodes: NodeFacts[]): Finding[] {
  const found = nodes.flatMap((node) => ((node.report?.unreached?.count ?? 0) > 0 ? [node] : []));
  if (found.length === 0) {
    return [];
  }
  const folders = [...new Set(found.flatMap(({ report }) => report?.unreached?.folders ?? []))].sort();
  const what = folders.length > 0 ? names(folders) : 'folders with names that are no registry';
  return [
    finding(
      'warning',
      'unreached-registry',
      'registries',
      `_default does not reach registries with a folder of their own on a node: ${what} (on ${named(found)})`,
      'list them beside _default',
    ),
  ];
}

function upstreamAuthentication(nodes: NodeFacts[]): Finding[] {
  const all = [...new Set(nodes.flatMap(({ report }) => (report ? [methodInWords(report.presents)] : [])))];
  if (all.length < 2) {
    return [];
  }
  const who = all.map(
    (method) =>
      `${method}: ${named(nodes.filter(({ report }) => report && methodInWords(report.presents) === method))}`,
  );
  const message = `nodes differ, a change has not reached all of them (${who.join('; ')})`;
  return [finding('warning', 'authentication-differs', 'upstream authentication', message)];
}

function named(nodes: NodeFacts[]): string {
  return names(nodes.map(({ node }) => node));
}
