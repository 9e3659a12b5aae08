import { setTimeout as sleep } from 'node:timers/promises';
import type { PodUids } from './attribute';
import type { ImagesBySize } from './images';
import { type BothTools, measure } from './measure';
import type { SetUp } from './names';
import type { Measurement, Workload, WorkloadResult } from './results';

/** No registry exists behind the mirrors, so a layer that a mirror does not find in time fails the pull. */
const ATTEMPTS = 5;
/** Spegel remembers for 5 s that it found nobody. */
const PAUSE_MS = 6000;

/** A run's passes. */
export interface Passes {
  readonly tools: BothTools;
  readonly images: ImagesBySize;
  readonly workloads: readonly Workload[];
  readonly passes: number;
  /** Which pods are whose. */
  readonly pods: () => Promise<(measured: SetUp) => PodUids>;
  readonly say: (text: string) => void;
}

/**
 * Measures each workload with both set-ups, one right after the other, in each pass. The set-up that begins changes from pass to pass.
 *
 * @returns the figures; a workload that failed again and again has fewer
 */
export async function measurePasses(run: Passes): Promise<WorkloadResult[]> {
  const measurements = new Map<Workload, Measurement[]>(run.workloads.map((workload) => [workload, []]));
  for (let pass = 1; pass <= run.passes; pass += 1) {
    const order: readonly SetUp[] = pass % 2 === 1 ? ['plain', 'secured'] : ['secured', 'plain'];
    for (const workload of run.workloads) {
      for (const setUp of order) {
        const measured = await patiently(run, setUp, workload, pass);
        if (measured !== undefined) measurements.get(workload)?.push(measured);
      }
    }
  }
  return run.workloads.map((workload) => ({ ...workload, measurements: measurements.get(workload) ?? [] }));
}

async function patiently(
  { tools, images, pods, passes, say }: Passes,
  setUp: SetUp,
  workload: Workload,
  pass: number,
): Promise<Measurement | undefined> {
  const what = `pass ${pass} of ${passes}: ${workload.kind} ${workload.name}, ${workload.parallel} at a time, ${setUp}`;
  for (let repeats = 0; repeats < ATTEMPTS; repeats += 1) {
    if (repeats > 0) await sleep(PAUSE_MS);
    const uids = (await pods())(setUp);
    const attempt = await measure(tools, setUp, workload, images.get(workload.name) ?? [], uids);
    if (typeof attempt !== 'string') {
      say(`${what}: ${attempt.wallSeconds.toFixed(2)} s, load ${attempt.load}`);
      return { pass, ...attempt, repeats };
    }
    say(`${what}: again, as one failed: ${attempt}`);
  }
  return undefined;
}
