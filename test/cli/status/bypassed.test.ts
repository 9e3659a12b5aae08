import type { UsageReport } from '../../../src/cli/status/usage';
import { node, said } from './example';

const usage = (bypassed: string[], requests: UsageReport['requests'] = {}): { usage: UsageReport } => ({
  usage: { requests, peerBytes: 0, servedBytes: 0, originBytes: 0, bypassed },
});

describe('a node whose pulls go past the mirror', () => {
  it('is a problem where containerd never asked the mirror', () => {
    const nodes = [
      node('w1', usage(['docker.io', 'ghcr.io'], { 'docker.io': 3, 'ghcr.io': 0 })),
      node('w2', usage([])),
    ];
    const [, problem, ...others] = said({ nodes });
    expect(problem).toMatch(
      /^problem: node w1: bypassed: pulls from docker[.]io, ghcr[.]io go past the mirror, as content arrived and containerd has never asked the mirror; run secure-mirror check[.] Likeliest first: config_path /,
    );
    expect(others).toEqual([]);
  });

  it('is a warning where it did, as one pull by another program may be the reason', () => {
    expect(said({ nodes: [node('w1', usage(['docker.io'], { 'docker.io': 3 }))] })[1]).toMatch(
      /^warning: node w1: bypassed: pulls from docker[.]io go past the mirror, as content arrived and containerd has not asked the mirror lately; /,
    );
  });

  it('is no matter without a report of use', () => {
    expect(said({ nodes: [node('w1')] })).toHaveLength(1);
  });
});
