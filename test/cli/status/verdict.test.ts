import { node, said } from './example';

describe('nodes', () => {
  it('are ok when all are ready and answer', () => {
    expect(said({ nodes: [node('w1'), node('w2')] })).toEqual(['ok: nodes: all 2 are ready']);
    expect(said({ nodes: [node('w1')] })).toEqual(['ok: nodes: the only one is ready']);
  });

  it('are named when not ready, missing or silent', () => {
    const silent = node('w2', {}, { report: undefined, silence: 'its agent does not run' });
    expect(said({ scheduled: 3, nodes: [node('w1', {}, { ready: false }), silent] })).toEqual([
      'problem: nodes: not ready: w1',
      'problem: nodes: 1 of 3 has no pod of the mirror',
      'problem: node w2: its agent does not run',
    ]);
    expect(said({ nodes: [] })).toEqual(['problem: nodes: no node runs the mirror']);
  });

  it('are named when they refuse a registry, or present another authentication method than others', () => {
    const registries = { published: 1, refused: 1, waiting: 0 };
    expect(said({ nodes: [node('w1', { registries }), node('w2', { presents: 'basic' })] }).slice(1)).toEqual([
      'warning: registries: the agent leaves settings of others alone: w1; see the log of node-agent',
      'warning: upstream authentication: nodes differ, a change has not reached all of them (mutual TLS: w1; basic: w2)',
    ]);
  });

  it('say that the only one waits for a second one', () => {
    expect(said({ nodes: [node('w1', { only: true })] })).toEqual([
      'ok: nodes: the only one is ready',
      'warning: node w1: the only mirror, waiting for one on a second node; layers come from the origin',
    ]);
  });

  it('are wrong about being the only one beside others', () => {
    expect(said({ nodes: [node('w1', { only: true }), node('w2')] })).toEqual([
      'ok: nodes: all 2 are ready',
      'problem: node w1: takes itself for the only mirror; if this lasts, look why it does not find the others by DNS',
    ]);
  });

  it('are named with the folders that _default does not reach', () => {
    const unreached = (...folders: string[]) => ({ unreached: { count: folders.length, folders } });
    const many = Array.from({ length: 12 }, (_, i) => `r${i + 10}.example.com`);
    const nodes = [node('w1', unreached('quay.io', 'a.io')), node('w2', unreached('quay.io')), node('w3', unreached())];
    const start = 'warning: registries: _default does not reach registries with a folder of their own on a node: ';
    const fix = 'list them beside _default';
    expect(said({ nodes }).slice(1)).toEqual([`${start}a.io, quay.io (on w1, w2); ${fix}`]);
    expect(said({ nodes: [node('w1', unreached(...many))] }).at(-1)).toMatch(
      /, r17[.]example[.]com, 4 more \(on w1\); list /,
    );
    expect(said({ nodes: [node('w1', { unreached: { count: 1, folders: [] } })] }).at(-1)).toContain(
      'names that are no',
    );
  });

  it('are named where others have what the agent would link', () => {
    const nodes = [node('w1', { defaultListLinked: true }), node('w2', { defaultListLinked: false }), node('w3')];
    expect(said({ nodes }).slice(1)).toEqual([
      "warning: containerd: containerd's default list does not lead to the registry settings, as others made /etc/containerd/certs.d:/etc (on w2); remove that, or set config_path to the one folder /etc/containerd/certs.d and restart containerd",
    ]);
  });
});

describe('the permissive', () => {
  const counted = [{ listener: 'entry', source: '10.0.0.1', count: 2 }];

  it('says that enforcing looks safe when nobody was counted', () => {
    expect(said({ permissive: true, nodes: [node('w1'), node('w2', {}, { since: '2026-01-30T12:00:00Z' })] })[1]).toBe(
      'ok: permissive: enforcing looks safe: no request without a credential since the agents started, the last of which started at 2026-01-30T12:00:00Z',
    );
  });

  it('sums up by source', () => {
    const more = [...counted, { listener: 'peers', source: '10.0.0.9', count: 9 }];
    const nodes = [node('w1', { unauthenticated: counted }), node('w2', { unauthenticated: more })];
    expect(said({ permissive: true, nodes })[1]).toMatch(
      /^warning: permissive: enforcing would shut out: 10[.]0[.]0[.]9 at peers \(9\), 10[.]0[.]0[.]1 at entry \(4\); /,
    );
  });

  it('says nothing of safety when a node is silent', () => {
    const nodes = [node('w1'), node('w2', {}, { report: undefined, silence: 'its agent does not run' })];
    expect(said({ permissive: true, nodes }).at(-1)).toBe(
      'warning: permissive: nodes without a report may serve such requests too: w2',
    );
  });
});
