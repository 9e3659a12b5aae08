import { HEAD, row } from '../../../src/cli/status/nodes-table';
import { basic, node, steady } from './example';

describe('the table of nodes', () => {
  it('has a row for each', () => {
    expect(row(node('w1'))).toEqual(['w1', 'yes', 'mutual TLS', '2', '0', '0', '-', '-', '-']);
    const [moving] = basic({ ...steady, phase: 1, newest: 'bbbbbbbb' });
    expect(moving && row(moving).slice(2)).toEqual([
      ...['basic', '2', '0', '0', '-'],
      ...['propagating: presents the previous one, aaaaaaaa -> bbbbbbbb', 'no'],
    ]);
    const silent = row(node('w1', {}, { report: undefined, ready: false }));
    expect(silent).toEqual(['w1', 'no', ...'???????'.split('')]);
    expect(silent).toHaveLength(HEAD.length);
  });

  it.each([
    [{ peerBytes: 0, hitRatio: 0 }, '0 % (0 B)'],
    [{ peerBytes: 5_002_744, hitRatio: 0.9994 }, '99 % (5.0 MB)'],
    [{ peerBytes: 3 * 1024 ** 4, hitRatio: 0.5 }, '50 % (3.3 TB)'],
    [{ peerBytes: 0 }, '-'],
  ])('says how much came from peers: %j', (bytes, cell) => {
    const usage = { requests: {}, servedBytes: 0, originBytes: 0, bypassed: [], ...bytes };
    expect(row(node('w1', { usage }))[HEAD.indexOf('FROM PEERS')]).toBe(cell);
  });
});
