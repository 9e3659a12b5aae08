import type { Check, CheckContext, NodeObject } from '../../probe/check';
import { nodeIsReady } from '../../probe/nodes';
import type { ProbeResult } from '../../probe/probes';
import { type Finding, finding, type Level } from '../../shared/finding';
import { names } from '../../shared/table';
import { type NodeFacts, nodeFacts } from './facts';
import { FACTS, nodeProbe } from './probe-pod';

/** What a check says about one node. */
export interface Remark {
  readonly level: Level;
  readonly message: string;
  /** What to do: lines to paste, too. */
  readonly fix?: string;
}

/** A node, and what became of its probe. */
export interface ProbedNode {
  readonly node: NodeObject;
  readonly probe: ProbeResult;
  /** What the probe saw. */
  readonly facts: NodeFacts;
}

/** How long a probe may take, with the pull of its images. */
const SECONDS = 180;

interface Probing {
  readonly askers: Set<string>;
  readonly results: Promise<ProbeResult[]>;
}

const probings = new WeakMap<CheckContext, Probing>();

/**
 * A check that knows all it needs from the Node objects.
 *
 * @param check its name, title, and when it makes sense
 * @param look what it says about a node
 */
export function objectCheck(
  check: Omit<Check, 'run'>,
  look: (node: NodeObject, context: CheckContext) => Remark | Remark[],
): Check {
  const run = async (context: CheckContext) =>
    grouped(
      check.name,
      context.nodes.map((node) => [node, [look(node, context)].flat()]),
    );
  return { ...check, run };
}

/**
 * A check that asks what the probe saw on each node. One run of the probe serves all checks.
 *
 * @param check its name, title, and when it makes sense
 * @param look what it says about a node; an error means that it could not tell
 */
export function probeCheck(
  check: Omit<Check, 'run'>,
  look: (node: ProbedNode, context: CheckContext) => Remark | Remark[],
): Check {
  const run = async (context: CheckContext) => {
    const results = await probe(context, check.name);
    return grouped(
      check.name,
      context.nodes.map((node, index) => [node, remarks(node, results[index], (probed) => look(probed, context))]),
    );
  };
  return { ...check, run };
}

function remarks(
  node: NodeObject,
  probe: ProbeResult | undefined,
  look: (node: ProbedNode) => Remark | Remark[],
): Remark[] {
  const log = probe?.logs[FACTS];
  if (probe === undefined || log === undefined || probe.exitCodes[FACTS] !== 0) {
    return [
      { level: 'unknown', message: `not tried: the pod that looks at the node did not run: ${probe?.reason ?? ''}` },
    ];
  }
  try {
    return [look({ node, probe, facts: nodeFacts(log) })].flat();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [{ level: 'unknown', message: `not tried: ${error.message}` }];
  }
}

/** A check that asks again, as after a while, gets a new look. */
function probe(context: CheckContext, asker: string): Promise<ProbeResult[]> {
  const known = probings.get(context);
  if (known !== undefined && !known.askers.has(asker)) {
    known.askers.add(asker);
    return known.results;
  }
  const results = probeNodes(context);
  probings.set(context, { askers: new Set([asker]), results });
  return results;
}

/** A pod on a node whose kubelet does not answer would not run, and nobody could remove it. */
async function probeNodes({ nodes, mirror, probes }: CheckContext): Promise<ProbeResult[]> {
  const ready = nodes.filter(nodeIsReady).map(({ metadata }) => metadata.name);
  const results = await probes.run(
    ready.map((name) => nodeProbe(mirror, name)),
    SECONDS,
  );
  return nodes.map(({ metadata: { name } }) => results[ready.indexOf(name)] ?? notReady(name));
}

function notReady(node: string): ProbeResult {
  return { pod: '', node, succeeded: false, reason: 'the node is not ready', logs: {}, exitCodes: {}, images: {} };
}

/** One finding for all nodes of which the same is true. */
function grouped(code: string, all: readonly (readonly [NodeObject, readonly Remark[]])[]): Finding[] {
  const groups = new Map<string, { remark: Remark; nodes: string[] }>();
  for (const [node, remarks] of all) {
    for (const remark of remarks) {
      const key = JSON.stringify([remark.level, remark.message, remark.fix]);
      const group = groups.get(key) ?? { remark, nodes: [] };
      group.nodes.push(node.metadata.name);
      groups.set(key, group);
    }
  }
  if (all.length === 0) return [finding('unknown', code, '', 'not tried: the settings choose no node')];
  return [...groups.values()].map(({ remark: { level, message, fix }, nodes }) =>
    finding(level, code, names(nodes), message, fix),
  );
}
