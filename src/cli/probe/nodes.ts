import type { ResolvedMirror } from '../../mirror/resolved';
import type { Kubectl } from '../kubectl/kubectl';
import { meetsAffinity } from './affinity';
import type { NodeObject } from './check';

/** Taints that every DaemonSet's pod tolerates: https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/#taints-and-tolerations */
const OF_DAEMON_SETS = [
  'not-ready',
  'unreachable',
  'disk-pressure',
  'memory-pressure',
  'pid-pressure',
  'unschedulable',
  'network-unavailable',
].map((name) => `node.kubernetes.io/${name}`);

/** What decides whether a node gets a mirror. */
type Choice = Pick<ResolvedMirror, 'nodeSelector' | 'tolerations'> & {
  readonly pod: Pick<ResolvedMirror['pod'], 'affinity'>;
};

/** Reads the nodes that the settings choose for a mirror, in the order of their names. */
export async function readNodes(kubectl: Kubectl, choice: Choice): Promise<NodeObject[]> {
  const list = await kubectl.object<{ items: NodeObject[] }>('nodes');
  const chosen = (list?.items ?? []).filter((node) => isChosen(node, choice));
  return chosen.sort((a, b) => a.metadata.name.localeCompare(b.metadata.name, 'en', { numeric: true }));
}

/** Whether the kubelet of a node runs pods, and can end them. */
export function nodeIsReady({ status: { conditions = [] } }: NodeObject): boolean {
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}

/** Whether a DaemonSet with these settings puts a pod on a node. */
export function isChosen(node: NodeObject, { nodeSelector, tolerations, pod }: Choice): boolean {
  const { metadata, spec } = node;
  const labelled = Object.entries(nodeSelector).every(([label, value]) => metadata.labels?.[label] === value);
  const taints = (spec.taints ?? []).filter(({ effect }) => effect !== 'PreferNoSchedule');
  const tolerated = (taint: (typeof taints)[number]) =>
    OF_DAEMON_SETS.includes(taint.key) ||
    tolerations.some(
      ({ key, operator = 'Equal', value = '', effect }) =>
        (key === undefined || key === taint.key) &&
        (effect === undefined || effect === taint.effect) &&
        (operator === 'Exists' || value === (taint.value ?? '')),
    );
  return labelled && meetsAffinity(node, pod.affinity) && taints.every(tolerated);
}
