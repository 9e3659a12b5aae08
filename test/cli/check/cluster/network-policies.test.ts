import { networkPolicies } from '../../../../src/cli/check/cluster/network-policies';
import type { ProbePod } from '../../../../src/cli/probe/probes';
import { contextOf, nodeOf } from '../../probe/fake-context';

const enforced = ({ purpose }: ProbePod) => (purpose === 'allowed' ? 'open' : 'closed');

describe('the check network-policies', () => {
  it('tries both directions on a node and between nodes', async () => {
    const context = contextOf({ prints: enforced });
    expect(await networkPolicies.run(context)).toMatchObject([
      { level: 'ok', message: 'enforced for both directions, tried on w1, and from w2 to it' },
    ]);
    expect(context.pods.map(({ purpose, node }) => `${purpose} ${node}`)).toEqual([
      'server w1',
      'allowed w1',
      'no-ingress w1',
      'no-egress w1',
      'allowed w2',
      'no-ingress w2',
      'no-egress w2',
    ]);
  });

  it('lets one client do all, and each other one half', async () => {
    const context = contextOf({ prints: enforced });
    await networkPolicies.run(context);
    const [server, ...clients] = context.created.map(({ spec }) => JSON.stringify(spec));
    expect(server).toContain('"matchLabels":{"secure-mirror/probe":"server"}},"policyTypes":["Ingress"]');
    expect(server).toContain('"values":["allowed","no-egress"]');
    expect(clients.map((spec) => /"secure-mirror\/probe":"([^"]*)"/.exec(spec)?.[1])).toEqual([
      'allowed',
      'no-ingress',
    ]);
    expect(clients.every((spec) => spec.includes('"policyTypes":["Egress"]'))).toBe(true);
  });

  it.each([
    ['no-ingress', 'into a pod on w1, from w2'],
    ['no-egress', 'out of a pod on w2, to w1'],
  ])('finds a connection that %s must not have', async (purpose, way) => {
    const prints = (pod: ProbePod) => (pod.purpose === purpose && pod.node === 'w2' ? 'open' : enforced(pod));
    const [finding] = await networkPolicies.run(contextOf({ prints }));
    expect(finding).toMatchObject({
      level: 'problem',
      message: `the cluster does not enforce them: a denied connection works ${way}`,
    });
    expect(finding?.fix).toContain('network: {policies: false}');
  });

  it('knows nothing where a pod says nothing', async () => {
    const prints = (pod: ProbePod) => (pod.purpose === 'no-egress' ? '' : enforced(pod));
    expect(await networkPolicies.run(contextOf({ prints }))).toMatchObject([
      { level: 'unknown', message: 'not tried: a pod of the check on w1 said nothing' },
    ]);
  });

  it('knows nothing where not even an allowed connection works', async () => {
    const [finding] = await networkPolicies.run(contextOf({ prints: () => 'closed' }));
    expect(finding).toMatchObject({ level: 'unknown', message: expect.stringContaining('not reached from w1, w2') });
  });

  it('knows nothing where a pod fails', async () => {
    const prints = (pod: ProbePod) => (pod.node === 'w2' ? undefined : enforced(pod));
    expect(await networkPolicies.run(contextOf({ prints }))).toMatchObject([
      { level: 'unknown', message: 'not tried: a pod of the check failed (ErrImagePull: no such host)' },
    ]);
  });

  it('tries the only node that is ready', async () => {
    const nodes = [nodeOf('w1', {}, false), nodeOf('w2')];
    expect(await networkPolicies.run(contextOf({ nodes, prints: enforced }))).toMatchObject([
      { level: 'ok', message: 'enforced for both directions, tried on w2, the only node' },
    ]);
  });

  it.each([
    [{ nodes: [] }, 'unknown'],
    [{ stack: { network: { policies: false } } as never }, 'note'],
  ])('is not tried with %j', async (cluster, level) => {
    const context = contextOf(cluster);
    expect(await networkPolicies.run(context)).toMatchObject([
      { level, message: expect.stringContaining('not tried') },
    ]);
    expect(context.pods).toEqual([]);
  });
});
