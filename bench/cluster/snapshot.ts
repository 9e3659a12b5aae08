/** A process of a node at one moment. Times in ticks of the kernel. */
export interface ProcessState {
  readonly pid: number;
  readonly name: string;
  readonly parent: number;
  readonly started: string;
  /** CPU time of its own. */
  readonly own: number;
  /** CPU time of its children that have ended. */
  readonly children: number;
  /** Bytes of memory that it holds. */
  readonly resident: number;
  /** UID of its pod, if it is in one. */
  readonly pod?: string;
  /** Bytes that its pod's network has received; of Spegel alone. */
  readonly received: number;
  /** Bytes that it has written; of Spegel alone. */
  readonly written: number;
}

/** The processes of a node at one moment. */
export interface Snapshot {
  readonly load: number;
  readonly processes: readonly ProcessState[];
}

/** What a process did between two snapshots. */
export interface Work {
  readonly process: ProcessState;
  readonly seconds: number;
  readonly received: number;
  readonly written: number;
}

/** Every Linux counts so since 2.6, whatever its kernel's own clock. */
const TICKS_A_SECOND = 100;
const PAGE = 4096;
const POD = /pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12})/;

/** The snapshots in what `snapshot` in load.sh printed. */
export function snapshotsIn(text: string): Snapshot[] {
  const snapshots: { load: number; processes: ProcessState[] }[] = [];
  for (const line of text.split('\n')) {
    const [, load] = /^load (\S+)$/.exec(line) ?? [];
    if (load !== undefined) snapshots.push({ load: Number(load), processes: [] });
    const [, traffic = '', cgroup = '', pid, name = '', fields = ''] =
      /^([\d ]*)\|(.*?)\|(\d+) \((.*)\) [A-Za-z] (.*)$/.exec(line) ?? [];
    if (pid === undefined) continue;
    const field = fields.split(' ');
    // The fields of proc(5), of which the first three are gone.
    const number = (position: number) => Number(field[position - 4]);
    const [received = 0, written = 0] = traffic === '' ? [] : traffic.split(' ').map(Number);
    snapshots.at(-1)?.processes.push({
      pid: Number(pid),
      name,
      parent: number(4),
      started: field[22 - 4] ?? '',
      own: number(14) + number(15),
      children: number(16) + number(17),
      resident: number(24) * PAGE,
      pod: POD.exec(cgroup)?.[1]?.replaceAll('_', '-'),
      received,
      written,
    });
  }
  return snapshots;
}

/**
 * What each process did between two snapshots of a node. The work of processes that began and ended between the two is their parent's.
 */
export function workBetween(before: Snapshot, after: Snapshot): Work[] {
  const key = ({ pid, started }: ProcessState) => `${pid} ${started}`;
  const earlier = new Map(before.processes.map((process) => [key(process), process]));
  const alive = new Set(after.processes.map(key));
  // Their parent gets all that they ever did, also what they did before.
  const inherited = new Map<number, number>();
  for (const process of before.processes.filter((process) => !alive.has(key(process)))) {
    const { parent, own, children } = process;
    inherited.set(parent, (inherited.get(parent) ?? 0) + own + children);
  }
  return after.processes.map((process) => {
    const then = earlier.get(key(process));
    const reaped = process.children - (then?.children ?? 0) - (inherited.get(process.pid) ?? 0);
    return {
      process,
      seconds: (process.own - (then?.own ?? 0) + Math.max(reaped, 0)) / TICKS_A_SECOND,
      received: process.received - (then?.received ?? 0),
      written: process.written - (then?.written ?? 0),
    };
  });
}
