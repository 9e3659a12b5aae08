import { median, percentile } from '../statistics';
import { added, attribute, type PodUids } from './attribute';
import { type BenchImage, reference } from './images';
import { places, type SetUp } from './names';
import type { Measurement, Workload } from './results';
import { type Snapshot, snapshotsIn, workBetween } from './snapshot';
import type { NodeTools } from './tools';

/** The tools of the two nodes. */
export interface BothTools {
  readonly serving: NodeTools;
  readonly pulling: NodeTools;
}

/** One transfer of a workload: an image, or a blob. */
export interface Transfer {
  readonly seconds: number;
  /** Why it failed. */
  readonly problem?: string;
}

/** What a workload did. */
export interface Transfers {
  readonly wallSeconds: number;
  readonly each: readonly Transfer[];
}

/** A figure, or the complaint of the first transfer that failed. */
export type Attempt = Omit<Measurement, 'pass' | 'repeats'> | string;

/**
 * Measures a workload once.
 *
 * @param tools the nodes
 * @param setUp the set-up
 * @param workload the workload
 * @param images its images
 * @param pods which pods are whose
 */
export async function measure(
  { serving, pulling }: BothTools,
  setUp: SetUp,
  workload: Workload,
  images: readonly BenchImage[],
  pods: PodUids,
): Promise<Attempt> {
  const { registry } = places[setUp];
  const before = await serving.run('snapshot');
  const output = await pulling.run(
    workload.kind === 'pull' ? pulls(registry, workload, images) : gets(setUp, workload, images),
    900,
  );
  const after = await serving.run('snapshot');
  if (workload.kind === 'pull') await pulling.run(`remove_images ${registry}/`);
  const transfers = workload.kind === 'pull' ? pullsIn(output) : getsIn(output, layersOf(images));
  const problem = transfers.each.find((transfer) => transfer.problem !== undefined)?.problem;
  if (problem !== undefined) return problem;
  const atPulling = pair(output);
  const atServing = pair(before + after);
  const workAtPulling = workBetween(...atPulling);
  const workAtServing = workBetween(...atServing);
  const seconds = transfers.each.map((transfer) => transfer.seconds);
  const spegel = workAtPulling.filter(({ process: { name, pod = '' } }) => name === 'spegel' && pods.measured.has(pod));
  const receivedBytes = spegel.reduce((sum, { received }) => sum + received, 0);
  const expectedBytes = layersOf(images).reduce((sum, { bytes }) => sum + bytes, 0);
  if (receivedBytes < expectedBytes) return `only ${receivedBytes} of ${expectedBytes} bytes came from the peer`;
  return {
    setUp,
    wallSeconds: transfers.wallSeconds,
    cpuSeconds: added(attribute('pulling', workAtPulling, pods), attribute('serving', workAtServing, pods)),
    p50Seconds: median(seconds),
    p99Seconds: percentile(seconds, 99),
    receivedBytes,
    spegelBytes: spegel.reduce((sum, { written }) => sum + written, 0),
    memoryBytes: memoryOf([atPulling[1], atServing[1]], pods),
    load: atPulling[0].load,
  };
}

/** Memory that a set-up's processes hold. */
export function memoryOf(snapshots: readonly Snapshot[], { measured }: PodUids): number {
  return snapshots
    .flatMap(({ processes }) => processes)
    .filter(({ pod = '' }) => measured.has(pod))
    .reduce((sum, { resident }) => sum + resident, 0);
}

function pulls(registry: string, { parallel }: Workload, images: readonly BenchImage[]): string {
  return ['pull_all', parallel, ...images.map((image) => reference(registry, image))].join(' ');
}

function gets(setUp: SetUp, { parallel }: Workload, images: readonly BenchImage[]): string {
  const { url, registry } = places[setUp];
  return ['get_all', parallel, url, registry, ...layersOf(images).map(({ digest }) => digest)].join(' ');
}

function layersOf(images: readonly BenchImage[]) {
  return images.flatMap(({ layers }) => layers);
}

/** Seconds of a time in nanoseconds, which no number holds. */
function secondsOf(nanoseconds: string): number {
  return Number(nanoseconds.slice(0, -3)) / 1e6;
}

/** What `pull_all` in load.sh printed about pulls. */
export function pullsIn(output: string): Transfers {
  const pulls = [...output.matchAll(/^pulled (\d+) (\d+) ?(.*)$/gm)].map(([, began = '', ended = '', problem]) => ({
    began: secondsOf(began),
    ended: secondsOf(ended),
    problem: problem === '' ? undefined : problem,
  }));
  return {
    wallSeconds: Math.max(...pulls.map(({ ended }) => ended)) - Math.min(...pulls.map(({ began }) => began)),
    each: pulls.map(({ began, ended, problem }) => ({ seconds: ended - began, problem })),
  };
}

/** What `get_all` in load.sh printed about requests for layers. */
export function getsIn(output: string, layers: readonly { readonly bytes: number }[]): Transfers {
  const each = [...output.matchAll(/^got (\d+) (\d+) ([\d.]+)$/gm)].map(([, code, bytes, seconds]) => ({
    bytes: Number(bytes),
    seconds: Number(seconds),
    problem: code === '200' ? undefined : `the mirror answers ${code}`,
  }));
  const wanted = layers.reduce((sum, { bytes }) => sum + bytes, 0);
  const got = each.reduce((sum, { bytes }) => sum + bytes, 0);
  const time = (word: string) => secondsOf(new RegExp(`^${word} (\\d+)$`, 'm').exec(output)?.[1] ?? '');
  const short = { seconds: 0, problem: `the mirror gave ${got} of ${wanted} bytes` };
  return {
    wallSeconds: time('ended') - time('began'),
    each: wanted === got ? each : [...each, short],
  };
}

function pair(output: string): [Snapshot, Snapshot] {
  const [before, after] = snapshotsIn(output);
  if (before === undefined || after === undefined) throw new Error('a node gave no two snapshots');
  return [before, after];
}
