import { type DaemonSetObject, otherMirrorFindings } from '../../src/cli/check/cluster/other-mirrors';
import type { Kubectl } from '../../src/cli/kubectl/kubectl';
import type { NodeObject } from '../../src/cli/probe/check';
import { CliError } from '../../src/cli/shared/cli-error';
import { places, TOOLS_NAMESPACE } from './names';

/** A node with what it is made of. */
export interface BenchNode extends NodeObject {
  readonly status: NodeObject['status'] & { readonly capacity: { readonly cpu: string; readonly memory: string } };
}

/** The two nodes of a run. */
export interface Nodes {
  readonly serving: BenchNode;
  readonly pulling: BenchNode;
  /** How many nodes the cluster has. */
  readonly all: number;
}

/**
 * Everything that the cluster itself can say, before anything is installed.
 *
 * @param kubectl asks the cluster
 * @param chosen the serving and the pulling node, if the user chose
 * @throws CliError naming what is missing, and what to do
 */
export async function preflight(kubectl: Kubectl, chosen?: readonly string[]): Promise<Nodes> {
  const { items: all = [] } = (await kubectl.object<{ items: BenchNode[] }>('nodes')) ?? {};
  const nodes = chooseNodes(all, chosen);
  await refuseLeftovers(kubectl);
  if (!(await kubectl.exists('crd', 'certificates.cert-manager.io'))) {
    fail('cert-manager is not installed: its CustomResourceDefinition certificates.cert-manager.io is missing');
  }
  const daemonSets = await kubectl.object<{ items: DaemonSetObject[] }>('daemonsets.apps', '--all-namespaces');
  const other = otherMirrorFindings(daemonSets?.items ?? [], all, '', false).find(({ level }) => level !== 'ok');
  if (other !== undefined) fail(`a mirror is already installed, and would serve the same layers: ${other.message}`);
  return nodes;
}

/**
 * The two nodes.
 *
 * @throws CliError when there are no two ready ones, or the user chose others
 */
export function chooseNodes(all: readonly BenchNode[], chosen?: readonly string[]): Nodes {
  const ready = all.filter(isReady).sort((a, b) => Number(isControlPlane(a)) - Number(isControlPlane(b)));
  const [serving, pulling] =
    chosen === undefined ? ready : chosen.map((name) => ready.find(({ metadata }) => metadata.name === name));
  if (serving === undefined || pulling === undefined) {
    const names = ready.map(({ metadata }) => metadata.name).join(', ') || 'none';
    const needed = chosen === undefined ? 'two nodes are needed' : `--nodes: got "${chosen.join(',')}"`;
    return fail(`${needed}; ready Linux nodes: ${names}`);
  }
  return { serving, pulling, all: all.length };
}

async function refuseLeftovers(kubectl: Kubectl): Promise<void> {
  for (const name of [TOOLS_NAMESPACE, places.plain.namespace, places.secured.namespace]) {
    if (await kubectl.exists('namespace', name)) {
      fail(`an earlier run is still installed (namespace ${name}): remove it with npm run bench -- --remove`);
    }
  }
}

function isReady({ metadata, spec, status: { conditions = [] } }: NodeObject): boolean {
  const ready = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  return ready && spec.unschedulable !== true && metadata.labels?.['kubernetes.io/os'] === 'linux';
}

function isControlPlane({ metadata }: NodeObject): boolean {
  return metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined;
}

function fail(message: string): never {
  throw new CliError('configuration', message);
}
