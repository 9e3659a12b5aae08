import { added, attribute } from '../../bench/cluster/attribute';
import { snapshotsIn, workBetween } from '../../bench/cluster/snapshot';

const MEASURED = '11111111-2222-3333-4444-555555555555';
const OTHER = '99999999-2222-3333-4444-555555555555';
const TOOLS = '77777777-2222-3333-4444-555555555555';

interface Given {
  readonly pid: number;
  readonly name: string;
  readonly parent?: number;
  readonly user?: number;
  readonly system?: number;
  readonly children?: number;
  readonly started?: number;
  readonly cgroup?: string;
  readonly traffic?: string;
}

/** A line of load.sh's snapshot. The fields that nobody reads are -1. */
function line({ pid, name, parent = 1, user = 0, system = 0, children = 0, started = 5, ...rest }: Given): string {
  const fields = Array.from({ length: 49 }, () => '-1');
  const set = (position: number, value: number) => {
    fields[position - 4] = String(value);
  };
  set(4, parent);
  set(14, user);
  set(15, system);
  set(16, children);
  set(17, 0);
  set(22, started);
  set(24, 10);
  return `${rest.traffic ?? ''}|${rest.cgroup ?? ''}|${pid} (${name}) S ${fields.join(' ')}`;
}

function snapshot(...processes: Given[]) {
  const [only] = snapshotsIn(['load 1.50', ...processes.map(line)].join('\n'));
  if (only === undefined) throw new Error('no snapshot');
  return only;
}

const inPod = (uid: string) => `12:cpu:/kubepods/besteffort/pod${uid}/0123456789abcdef`;

describe('a snapshot', () => {
  it('is read with all that a process did', () => {
    const given = { pid: 7, name: 'spegel', user: 12, system: 3, cgroup: inPod(MEASURED), traffic: '1000 20' };
    const { load, processes } = snapshot(given);
    expect(load).toBe(1.5);
    expect(processes).toEqual([
      {
        pid: 7,
        name: 'spegel',
        parent: 1,
        started: '5',
        own: 15,
        children: 0,
        resident: 40_960,
        pod: MEASURED,
        received: 1000,
        written: 20,
      },
    ]);
  });

  it('knows a pod by the names that systemd gives it, and a process whose name has blanks and brackets', () => {
    const cgroup = `0::/kubepods.slice/kubepods-pod${MEASURED.replaceAll('-', '_')}.slice/cri-containerd-0.scope`;
    const [process] = snapshot({ pid: 7, name: 'a (b) c', user: 2, cgroup }).processes;
    expect(process).toMatchObject({ name: 'a (b) c', own: 2, pod: MEASURED });
  });

  it('is one of several in a text with other lines', () => {
    const text = ['load 1', line({ pid: 1, name: 'init' }), 'pulled 1 2', 'load 2', line({ pid: 1, name: 'init' })];
    expect(snapshotsIn(text.join('\n')).map(({ load, processes }) => [load, processes.length])).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });
});

describe('work between two snapshots', () => {
  const secondsOf = (before: Given[], after: Given[], pid: number) =>
    workBetween(snapshot(...before), snapshot(...after)).find(({ process }) => process.pid === pid)?.seconds;

  it('is what was added', () => {
    expect(
      secondsOf([{ pid: 5, name: 'envoy', user: 100 }], [{ pid: 5, name: 'envoy', user: 150, system: 7 }], 5),
    ).toBe(0.57);
  });

  it('of a new process is all of it, also where another one had its number before', () => {
    expect(secondsOf([], [{ pid: 5, name: 'ctr', user: 30 }], 5)).toBe(0.3);
    const before = [{ pid: 5, name: 'old', user: 1000, started: 1 }];
    expect(secondsOf(before, [{ pid: 5, name: 'ctr', user: 30, started: 9 }], 5)).toBe(0.3);
  });

  it('of a child that began and ended in between is its parent’s', () => {
    expect(secondsOf([{ pid: 5, name: 'sh' }], [{ pid: 5, name: 'sh', children: 40 }], 5)).toBe(0.4);
  });

  it('of a child that ended leaves out what it did before', () => {
    const before = [
      { pid: 5, name: 'sh' },
      { pid: 6, name: 'ctr', parent: 5, user: 1000 },
    ];
    expect(secondsOf(before, [{ pid: 5, name: 'sh', children: 1010 }], 5)).toBe(0.1);
  });
});

describe('work is attributed', () => {
  const pods = { tools: new Set([TOOLS]), measured: new Set([MEASURED]), other: new Set([OTHER]) };
  const done = (node: 'pulling' | 'serving', ...processes: Given[]) =>
    attribute(
      node,
      workBetween(snapshot(), snapshot(...processes.map((process) => ({ ...process, user: 100 })))),
      pods,
    );

  it('to the process, and the node where that matters', () => {
    const pulling = done(
      'pulling',
      { pid: 1, name: 'envoy', cgroup: inPod(MEASURED) },
      { pid: 2, name: 'spegel', cgroup: inPod(MEASURED) },
      { pid: 3, name: 'bash', cgroup: inPod(MEASURED) },
      { pid: 4, name: 'containerd' },
      { pid: 5, name: 'containerd-shim' },
      { pid: 6, name: 'kubelet' },
      { pid: 7, name: 'sh', cgroup: inPod(TOOLS) },
      { pid: 8, name: 'envoy' },
    );
    expect(pulling).toEqual({
      'Envoy, pulling node': 1,
      'Envoy, serving node': 0,
      'Spegel, pulling node': 1,
      'Spegel, serving node': 0,
      'node agent': 1,
      containerd: 2,
      kubelet: 1,
      client: 1,
      others: 1,
    });
    const serving = done('serving', { pid: 1, name: 'envoy', cgroup: inPod(MEASURED) }, { pid: 2, name: 'k3s-server' });
    expect(added(pulling, serving)).toMatchObject({ 'Envoy, pulling node': 1, 'Envoy, serving node': 1, kubelet: 2 });
  });

  it('to nobody where the idle pods of the other set-up did it', () => {
    const none = done('pulling', { pid: 1, name: 'envoy', cgroup: inPod(OTHER) });
    expect(Object.values(none).every((seconds) => seconds === 0)).toBe(true);
  });
});
