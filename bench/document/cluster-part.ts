import { type ClusterResults, GROUPS, type WorkloadResult } from '../cluster/results';
import { spread } from '../statistics';
import { markdownTable, ratioText, two } from './format';
import { cpu, type Figure, mirrorCpu, ofBytes, ratio, shares } from './ratios';

const wall: Figure = ({ wallSeconds }) => wallSeconds;
const p50: Figure = ({ p50Seconds }) => p50Seconds;
const p99: Figure = ({ p99Seconds }) => p99Seconds;
const memory: Figure = ({ memoryBytes }) => memoryBytes;

/** What a workload is called in the page. */
export function workloadName({ name, images, layers }: WorkloadResult): string {
  if (name === 'small') return `${images} small images`;
  const size = sizeName(name);
  return layers === 1 ? size : `${size}, in ${images} images of ${layers} layers`;
}

function sizeName(name: string): string {
  return name.replace(/^(\d+)x(\d+)/, '$1 x $2 ');
}

/** The lines of the page about pulls. */
export function pullLines({ workloads }: ClusterResults): string[] {
  const pulls = workloads.filter(({ kind }) => kind === 'pull');
  return markdownTable(
    [
      'Layers',
      'Images at a time',
      'CPU, all processes',
      'CPU, mirror alone',
      'Time',
      'p50 of an image',
      'p99 of an image',
    ],
    pulls.map((pull) => [
      workloadName(pull),
      String(pull.parallel),
      ...[cpu(), mirrorCpu, wall].map((figure) => ratioText(ratio(pull, figure))),
      // One image has no p50 of its own.
      ...[p50, p99].map((figure) => (pull.images === 1 ? '–' : ratioText(ratio(pull, figure)))),
    ]),
  );
}

/** The lines of the page about requests straight to the mirror. */
export function chainLines({ workloads }: ClusterResults): string[] {
  const chain = workloads.filter(({ kind }) => kind === 'chain');
  return markdownTable(
    ['Layers', 'At a time', 'CPU, mirror alone', 'Time', 'p50 of a layer', 'p99 of a layer'],
    chain.map((workload) => [
      workload.name === 'small' ? `${workload.images} small` : sizeName(workload.name),
      String(workload.parallel),
      ...[mirrorCpu, wall, p50, p99].map((figure) => ratioText(ratio(workload, figure))),
    ]),
  );
}

/** The lines of the page about who uses the CPU in the pull of a large layer. */
export function processLines({ workloads }: ClusterResults): string[] {
  const large = workloads.find(({ kind, name }) => kind === 'pull' && name === '1x1GiB') ?? workloads[0];
  if (large === undefined) return [];
  const rows = GROUPS.map((group) => {
    const { plain, secured } = shares(large, group) ?? {};
    return [group, two(plain), two(secured)];
  });
  return markdownTable(
    ['Process', 'Plain Spegel', 'Secured'],
    [...rows, ['all', '1.00', two(ratio(large, cpu())?.median)]],
  );
}

/** The lines of the page about bytes and memory. */
export function byteLines({ workloads, idleMemoryBytes }: ClusterResults): string[] {
  const pulls = workloads.filter(({ kind, name }) => kind === 'pull' && name !== 'small');
  const rows = pulls.map((pull) => [
    workloadName(pull),
    String(pull.parallel),
    ...(['plain', 'secured'] as const).flatMap((setUp) => [
      two(ofBytes(pull, setUp, ({ receivedBytes }) => receivedBytes)),
      two(ofBytes(pull, setUp, ({ spegelBytes }) => spegelBytes)),
    ]),
    ratioText(ratio(pull, memory)),
  ]);
  const heads = [
    'plain: from the peer',
    "plain: through this node's Spegel",
    'secured: from the peer',
    "secured: through this node's Spegel",
  ];
  return [
    ...markdownTable(['Layers', 'Images at a time', ...heads, 'Memory'], rows),
    '',
    `Before the first pull, the processes of the secured mirror held ${two(idleMemoryBytes.secured / idleMemoryBytes.plain)} times the memory of plain Spegel.`,
  ];
}

/** Where it was measured, and how busy the machine was. */
export function machineLines({ machine, passes, date, workloads }: ClusterResults): string[] {
  const measurements = workloads.flatMap((workload) => workload.measurements);
  const repeats = measurements.reduce((sum, measurement) => sum + measurement.repeats, 0);
  return [
    `- ${runText({ date, passes, workloads })}.`,
    `- ${machine.nodes} nodes with ${machine.cores} cores and ${Math.round(machine.memoryBytes / 2 ** 30)} GiB of memory each, as Kubernetes sees them; ${machine.processor}.`,
    `- Linux ${machine.kernel}, ${machine.system}; Kubernetes ${machine.kubernetes}, containerd ${machine.containerd}, Spegel ${machine.spegel}, Envoy ${machine.envoy}.`,
    `- ${repeats} of ${measurements.length + repeats} measurements were repeated, because a mirror did not find a layer in time.`,
  ];
}

/** Where the figures of the earlier release are from: a run of its own. */
export function beforeLines(before: ClusterResults): string[] {
  return [`- The figures from before the direct path are ratios of a run of their own: ${runText(before)}.`];
}

function runText({ date, passes, workloads }: Pick<ClusterResults, 'date' | 'passes' | 'workloads'>): string {
  const loads = workloads.flatMap(({ measurements }) => measurements.map(({ load }) => load));
  const { median, min, max } = spread(loads);
  return `${date}, ${passes} ${passes === 1 ? 'pass' : 'passes'}; the load of the machine was ${two(median)} (${two(min)}–${two(max)})`;
}
