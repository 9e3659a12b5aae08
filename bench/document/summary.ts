import type { ClusterResults, WorkloadResult } from '../cluster/results';
import { markdownTable, two } from './format';
import { cpu, type Figure, mirrorCpu, ratio } from './ratios';

/** The figures that sum a run up. */
const SUMMARY: readonly (readonly [what: string, kind: string, name: string, figure: Figure])[] = [
  ['pull of a 1 GiB layer: CPU of all processes', 'pull', '1x1GiB', cpu()],
  ['pull of a 1 GiB layer: time', 'pull', '1x1GiB', ({ wallSeconds }) => wallSeconds],
  ['small images, one at a time: p50 of a pull', 'pull', 'small', ({ p50Seconds }) => p50Seconds],
  ['mirror alone, 1 GiB layer: CPU', 'chain', '1x1GiB', mirrorCpu],
  ['mirror alone, 64 layers of 10 MiB, 3 at a time: CPU', 'chain', '64x10MiB', mirrorCpu],
  ['mirror alone, small layers: p50', 'chain', 'small', ({ p50Seconds }) => p50Seconds],
];

/** The lines of the page with the figures of a run in short, beside an earlier release's. */
export function summaryLines(cluster: ClusterResults, before?: ClusterResults): string[] {
  const value = (results: ClusterResults | undefined, kind: string, name: string, figure: Figure) => {
    const found = results?.workloads.find(
      (workload: WorkloadResult) => workload.kind === kind && workload.name === name,
    );
    return found && ratio(found, figure);
  };
  const rows = SUMMARY.map(([what, ...which]) => [
    what,
    `**${two(value(cluster, ...which)?.median)}**`,
    ...(before === undefined ? [] : [two(value(before, ...which)?.median)]),
  ]);
  return markdownTable(['', 'Now', ...(before === undefined ? [] : ['Before the direct path'])], rows);
}
