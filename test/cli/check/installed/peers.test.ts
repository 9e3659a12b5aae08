import { peersFinding } from '../../../../src/cli/check/installed/peers';
import type { NodeFacts } from '../../../../src/cli/status/nodes';
import { parseReport } from '../../../../src/cli/status/report';
import { presents } from '../../secure-mirror';

const node = (name: string, more = ''): NodeFacts => ({
  node: name,
  pod: `mirror-${name}`,
  ready: true,
  addresses: [],
  read: '',
  report: parseReport(presents('mutual-tls') + more),
});

describe('the peers', () => {
  it('have found each other', () => {
    expect(peersFinding([node('w1'), node('w2')], 'logs')).toMatchObject({
      level: 'ok',
      message: 'all 2 mirrors have found others',
    });
  });

  it('may be missing to a mirror that serves nothing', () => {
    const waits = node('w2', 'secured_mirror_registries{state="waiting"} 2\n');
    const found = peersFinding([node('w1'), waits], 'kubectl logs');
    expect(found).toMatchObject({ level: 'problem', message: expect.stringContaining('w2') });
    expect(found.fix).toMatch(/5443 and 5444; see\nkubectl logs$/);
  });

  it('are not tried with one mirror, or without reports', () => {
    const silent = { ...node('w2'), report: undefined };
    expect(peersFinding([node('w1')], '').level).toBe('unknown');
    expect(peersFinding([node('w1'), silent], '').level).toBe('unknown');
    expect(peersFinding([node('w1', 'secured_mirror_only_mirror 1\n'), node('w2')], '').level).toBe('unknown');
  });
});
