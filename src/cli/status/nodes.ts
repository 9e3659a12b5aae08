import { mirrorLabels } from '../../kubernetes/names';
import { STATUS_DIRECTORY, statusFiles } from '../../mirror/contract/directories';
import { containers } from '../../mirror/contract/names';
import type { Kubectl } from '../kubectl/kubectl';
import { CliError } from '../shared/cli-error';
import { inParallel } from '../shared/parallel';
import { Progress } from '../shared/progress';
import { parseReport, type Report } from './report';

/** A node that has a mirror, or should have one. */
export interface NodeFacts {
  readonly node: string;
  readonly pod: string;
  /** Addresses of the pod. */
  readonly addresses: readonly string[];
  /** Whether the pod is ready. */
  readonly ready: boolean;
  /** Since when its agent runs. */
  readonly since?: string;
  /** Its agent's report. */
  readonly report?: Report;
  /** Why it has no report. */
  readonly silence?: string;
  /** The whole text of the files, also of the others than the report. */
  readonly read: string;
}

interface Pod {
  readonly metadata: { readonly name: string; readonly creationTimestamp: string; readonly deletionTimestamp?: string };
  readonly spec: { readonly nodeName?: string };
  readonly status: {
    readonly podIPs?: { readonly ip: string }[];
    readonly conditions?: { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: {
      readonly name: string;
      readonly state?: { readonly running?: { readonly startedAt: string } };
    }[];
  };
}

/** The file of the agent's report. */
const REPORT = `${STATUS_DIRECTORY}/${statusFiles.report}`;

/** How many nodes it asks at one time. */
const AT_ONCE = 6;

/**
 * Asks every node's agent.
 *
 * @param kubectl asks the cluster
 * @param more files to read besides the report, by container
 */
export async function askNodes(kubectl: Kubectl, more: [string, string][] = []): Promise<NodeFacts[]> {
  const selector = Object.entries(mirrorLabels).map((pair) => pair.join('='));
  const list = await kubectl.object<{ items: Pod[] }>('pods', '-l', selector.join(','));
  const pods = oneEach(list?.items ?? []);
  const progress = new Progress('asking nodes', pods.length);
  try {
    return await inParallel(pods, AT_ONCE, async (pod) => {
      const facts = await askNode(kubectl, pod, [[containers.agent, REPORT], ...more]);
      progress.step();
      return facts;
    });
  } finally {
    progress.end();
  }
}

async function askNode(kubectl: Kubectl, pod: Pod, files: [string, string][]): Promise<NodeFacts> {
  const { podIPs = [], conditions = [], containerStatuses = [] } = pod.status;
  const since = containerStatuses.find(({ name }) => name === containers.agent)?.state?.running?.startedAt;
  const facts = {
    node: pod.spec.nodeName ?? '(no node yet)',
    pod: pod.metadata.name,
    addresses: podIPs.map(({ ip }) => ip),
    ready:
      conditions.some(({ type, status }) => type === 'Ready' && status === 'True') && !pod.metadata.deletionTimestamp,
    since,
    read: '',
  };
  if (since === undefined) {
    return { ...facts, silence: 'its agent does not run' };
  }
  try {
    let read = '';
    for (const container of new Set(files.map(([name]) => name))) {
      const paths = files.filter(([name]) => name === container).map(([, path]) => path);
      read += `${await kubectl.files(pod.metadata.name, container, paths)}\n`;
    }
    const report = parseReport(read);
    return { ...facts, read, report, silence: report ? undefined : 'its agent gives no report' };
  } catch (error) {
    return { ...facts, silence: silence(error) };
  }
}

/** Kinds of errors that every node would have. */
const ENDING = ['forbidden', 'kubectl', 'login', 'configuration', 'timeout', 'interrupted'];

/** What is wrong with one node. An error that every node would have is thrown. */
function silence(error: unknown): string {
  if (!(error instanceof CliError) || ENDING.includes(error.kind)) {
    throw error;
  }
  return `its agent does not answer (${error.message})`;
}

/** One pod of each node: the youngest that does not end; in the order of the nodes' names. */
function oneEach(pods: Pod[]): Pod[] {
  const chosen = new Map<string, Pod>();
  const ending = ({ metadata }: Pod) => (metadata.deletionTimestamp ? 1 : 0);
  const order = (a: Pod, b: Pod) =>
    ending(b) - ending(a) || a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp);
  for (const pod of [...pods].sort(order)) {
    chosen.set(pod.spec.nodeName ?? pod.metadata.name, pod);
  }
  return [...chosen].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })).map(([, pod]) => pod);
}
