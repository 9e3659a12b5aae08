import { GROUPS, type Group, type Measurement, MIRROR_GROUPS, type WorkloadResult } from '../cluster/results';
import { median, type Spread, spread } from '../statistics';

/** Two measurements that were made one right after the other. */
export interface Pair {
  readonly plain: Measurement;
  readonly secured: Measurement;
}

/** A figure of a measurement. */
export type Figure = (measurement: Measurement) => number;

/** The pairs of a workload. A pass in which one of the two failed has none. */
export function pairsOf({ measurements }: WorkloadResult): Pair[] {
  return measurements
    .filter(({ setUp }) => setUp === 'plain')
    .flatMap((plain) => {
      const secured = measurements.find(({ setUp, pass }) => setUp === 'secured' && pass === plain.pass);
      return secured === undefined ? [] : [{ plain, secured }];
    });
}

/** How many times plain Spegel's figure ours is, over the passes. */
export function ratio(workload: WorkloadResult, figure: Figure): Spread | undefined {
  const ratios = pairsOf(workload).map(({ plain, secured }) => figure(secured) / figure(plain));
  return ratios.length === 0 ? undefined : spread(ratios);
}

/** CPU time of some groups of processes, or of all. */
export function cpu(groups: readonly Group[] = GROUPS): Figure {
  return ({ cpuSeconds }) => groups.reduce((sum, group) => sum + cpuSeconds[group], 0);
}

/** CPU time of the mirror's own processes. */
export const mirrorCpu = cpu(MIRROR_GROUPS);

/** What part of plain Spegel's CPU time of all processes a group takes, with each set-up. */
export function shares(
  workload: WorkloadResult,
  group: Group,
): { readonly plain: number; readonly secured: number } | undefined {
  const pairs = pairsOf(workload);
  if (pairs.length === 0) return undefined;
  const share = (setUp: keyof Pair) => median(pairs.map((pair) => cpu([group])(pair[setUp]) / cpu()(pair.plain)));
  return { plain: share('plain'), secured: share('secured') };
}

/** The median of a figure as a part of the bytes of the layers. */
export function ofBytes(workload: WorkloadResult, setUp: keyof Pair, figure: Figure): number | undefined {
  const bytes = workload.images * workload.layers * workload.layerBytes;
  const pairs = pairsOf(workload);
  return pairs.length === 0 ? undefined : median(pairs.map((pair) => figure(pair[setUp]) / bytes));
}
