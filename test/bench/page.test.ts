import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClusterResults, GROUPS, type Measurement, type Workload } from '../../bench/cluster/results';
import { performancePage } from '../../bench/document/page';
import { mirrorCpu, pairsOf, ratio, shares } from '../../bench/document/ratios';
import { committedResults } from '../../bench/document/write';

function measurement(pass: number, setUp: 'plain' | 'secured', seconds: number): Measurement {
  const cpuSeconds = Object.fromEntries(GROUPS.map((group) => [group, 0])) as Measurement['cpuSeconds'];
  return {
    pass,
    setUp,
    wallSeconds: seconds,
    cpuSeconds: { ...cpuSeconds, 'Spegel, pulling node': seconds, containerd: 2 },
    p50Seconds: seconds,
    p99Seconds: seconds,
    receivedBytes: 1000,
    spegelBytes: 10,
    memoryBytes: 100 * seconds,
    load: 1,
    repeats: 0,
  };
}

const workload: Workload = { name: '1x1GiB', kind: 'pull', images: 1, layers: 1, layerBytes: 1000, parallel: 1 };
const pull = {
  ...workload,
  measurements: [
    measurement(1, 'plain', 2),
    measurement(1, 'secured', 3),
    measurement(2, 'secured', 8),
    measurement(2, 'plain', 4),
    measurement(3, 'plain', 2),
  ],
};
const results: ClusterResults = {
  date: '2026-01-02',
  passes: 3,
  machine: {
    processor: 'some processor',
    cores: 2,
    memoryBytes: 2 ** 33,
    nodes: 3,
    kernel: '6.1',
    system: 'Debian',
    kubernetes: 'v1.37.0',
    containerd: '2.2.6',
    spegel: 'v0.7.3',
    envoy: 'v1.40.0',
  },
  idleMemoryBytes: { plain: 100, secured: 250 },
  workloads: [pull],
};

describe('ratios', () => {
  it('compare what was measured in the same pass, and leave out a pass without one of the two', () => {
    expect(pairsOf(pull).map(({ plain, secured }) => [plain.pass, secured.pass])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(ratio(pull, ({ wallSeconds }) => wallSeconds)).toEqual({ median: 1.75, min: 1.5, max: 2 });
  });

  it('of the mirror leave out what others do', () => {
    expect(ratio(pull, mirrorCpu)?.median).toBe(1.75);
  });

  it('of a group are parts of all CPU time of plain Spegel', () => {
    expect(shares({ ...pull, measurements: pull.measurements.slice(0, 2) }, 'Spegel, pulling node')).toEqual({
      plain: 0.5,
      secured: 0.75,
    });
  });

  it('do not exist without a pass', () => {
    expect(ratio({ ...pull, measurements: [] }, mirrorCpu)).toBeUndefined();
  });
});

describe('the page', () => {
  const page = performancePage({ cluster: results });

  it('has each figure with its spread, the machine and the load', () => {
    expect(page).toContain('| 1 x 1 GiB | 1 | **1.46** (1.25–1.67)');
    expect(page).toContain('8 GiB of memory');
    expect(page).toContain('the load of the machine was 1.00 (1.00–1.00)');
    expect(page).toContain('2.50 times the memory of plain Spegel');
  });

  it('says of what was not measured that it was not', () => {
    const empty = { ...results, workloads: [{ ...pull, measurements: [measurement(1, 'plain', 2)] }] };
    expect(performancePage({ cluster: empty })).toContain('not measured');
  });

  it('has what was before, and manifests, once they are measured', () => {
    expect(page).not.toMatch(/Before the direct path|## Manifests/);
    const synth = {
      date: '2026-01-03',
      machine: { cores: 4, memoryGibibytes: 16, node: 'v24.0.0', load: { before: [0.5, 1, 2], after: [1.5, 1, 2] } },
      rows: [
        {
          name: 'helm template',
          clusters: 1,
          runs: 5,
          seconds: { min: 0.1, median: 0.1, max: 0.1 },
          ratio: null,
          ratioTo: null,
          peakMebibytes: null,
        },
        {
          name: 'synth',
          clusters: 1,
          runs: 5,
          seconds: { min: 0.1, median: 0.2, max: 0.3 },
          ratio: 1.9,
          ratioTo: 'helm template',
          peakMebibytes: 90,
        },
      ],
      profile: [
        { what: 'loading', milliseconds: 30 },
        { what: 'writing', milliseconds: 10 },
      ],
    };
    const full = performancePage({ cluster: results, before: results, synth });
    expect(full).toContain('Before the direct path');
    expect(full).toContain('4 cores and 16 GiB of memory, Node v24.0.0; the load was 0.50 before and 1.50 after');
    expect(full).toContain('| helm template | 1 | 5 | – | – | 1.00–1.00 | – |');
    expect(full).toContain('| synth | 1 | 5 | 1.90 | helm template | 0.50–1.50 | 90 MiB |');
    expect(full).toContain('loading 75 %; writing 25 %');
  });

  it('in the repository is the one of the results in the repository', () => {
    const committed = readFileSync(join(__dirname, '..', '..', 'docs', 'performance.md'), 'utf8');
    expect(committed).toBe(performancePage(committedResults()));
  });
});
