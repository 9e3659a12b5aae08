import type { Kubectl } from '../kubectl/kubectl';
import { KubectlWriter } from '../kubectl/kubectl-writer';
import { REMOVED_KINDS } from './probe-home';
import { isOfRun, RUN_LABEL } from './run-labels';

interface Found {
  readonly items: readonly {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly labels?: { readonly [label: string]: string } };
  }[];
}

/**
 * Removes what runs left, of this user and of others: also the pods of a run that goes on.
 *
 * @param kubectl asks the cluster
 * @returns a line for each thing that it removed
 */
export async function clean(kubectl: Kubectl): Promise<string[]> {
  const { namespace } = kubectl.access;
  const writer = new KubectlWriter(kubectl);
  const own = await kubectl.object<Found>('namespaces', '--selector', RUN_LABEL);
  const runs = (own?.items ?? []).filter(({ metadata }) => isOfRun(metadata.name, metadata.labels));
  const names = runs.map(({ metadata }) => metadata.name);
  if (names.length > 0) await writer.remove(namespace, ['namespaces', ...names], true);
  const objects = await kubectl.object<Found>(REMOVED_KINDS, '--selector', RUN_LABEL);
  const shared = objects?.items ?? [];
  if (shared.length > 0) await writer.remove(namespace, [REMOVED_KINDS, '--selector', RUN_LABEL], true);
  const lines = [
    ...names.map((name) => `removed the namespace ${name}`),
    ...shared.map(({ kind, metadata }) => `removed the ${kind} ${metadata.name} in the namespace ${namespace}`),
  ];
  return lines.length > 0 ? lines : ['nothing is left'];
}
