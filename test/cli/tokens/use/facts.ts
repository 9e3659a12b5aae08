import type { DriftFinding } from '../../../../src/cli/tokens/drift/finding';
import { driftFindings } from '../../../../src/cli/tokens/drift/verdict';
import { wantedOf } from '../../../../src/cli/tokens/use/command';
import type { ClusterUse, WorkloadKind } from '../../../../src/cli/tokens/use/facts';
import { lasting, withWorkload } from '../../../../src/cli/tokens/use/owners';
import { podRows, secretRows, serviceAccountRows, workloadRows } from '../../../../src/cli/tokens/use/rows';
import { parseStackFile } from '../../../../src/stack/reader';
import { Spelling } from '../../../../src/stack/spelling';
import { resolveTokens } from '../../../../src/tokens/resolve';
import type { Manifest } from '../../../support';
import { content, lineOf } from './kubectl';
import { stackText } from './stack';

const WORKLOADS: WorkloadKind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'];

/** The one cluster of a stack. */
export function clusterOf(stack = stackText()) {
  const [cluster] = parseStackFile(stack, 'stack.yaml', '2000-01-01').clusters;
  if (cluster === undefined) throw new Error('no cluster');
  return resolveTokens(cluster);
}

/** What is read of objects. */
export function useOf(objects: Manifest[], stack = stackText()): ClusterUse {
  const lines = (kind: string) =>
    objects
      .filter((object) => object.kind === kind)
      .map((object) => [...lineOf(object), ...(kind === 'Secret' ? [content(object)] : [])].join('\t'))
      .join('\n');
  const workloads = WORKLOADS.flatMap((kind) => workloadRows(kind, lines(kind)));
  return {
    secrets: secretRows(lines('Secret'), wantedOf(clusterOf(stack))),
    serviceAccounts: serviceAccountRows(lines('ServiceAccount')),
    pods: withWorkload(podRows(lines('Pod')), workloads),
    workloads: lasting(workloads),
  };
}

/** How objects differ from a stack. */
export function findingsOf(objects: Manifest[], stack = stackText(), today = '2025-06-01'): DriftFinding[] {
  const cluster = clusterOf(stack);
  return driftFindings({
    cluster,
    tokens: cluster.tokens,
    use: useOf(objects, stack),
    today,
    spelling: new Spelling(),
  });
}

/** The same, each as `level code: subject`. */
export function drift(...args: Parameters<typeof findingsOf>): string[] {
  return findingsOf(...args).map(({ level, code, subject }) => `${level} ${code}: ${subject}`);
}
