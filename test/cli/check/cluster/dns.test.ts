import { spawnSync } from 'node:child_process';
import { dns } from '../../../../src/cli/check/cluster/dns';
import type { ProbePod } from '../../../../src/cli/probe/probes';
import { contextOf } from '../../probe/fake-context';

describe('the check dns', () => {
  it("asks under the mirror's rules, and without any", async () => {
    const context = contextOf({ prints: () => 'resolved\n10.96.0.10' });
    expect(await dns.run(context)).toMatchObject([
      { level: 'ok', message: "answers at 10.96.0.10 under the mirror's policies (preset kube-dns), tried on w1, w2" },
    ]);
    const [mirror, free] = context.created.map(({ spec }) => JSON.stringify(spec));
    expect(mirror).toContain('"k8s-app":"kube-dns"');
    expect(free).toContain('"egress":[{}]');
  });

  it('names the preset for the server that pods ask', async () => {
    const prints = ({ purpose }: ProbePod) =>
      purpose === 'dns' ? 'bash: Temporary failure in name resolution\n169.254.20.10' : 'resolved\n169.254.20.10';
    const [finding] = await dns.run(contextOf({ prints }));
    expect(finding).toMatchObject({
      level: 'problem',
      message:
        "the mirror's policies do not let it ask DNS on w1, w2: they allow the preset kube-dns, but pods ask 169.254.20.10",
    });
    expect(finding?.fix?.split('\n')).toEqual([
      'in stack.yaml, choose the preset of your cluster: node-local-dns, gke-node-local-dns, gke-cloud-dns (docs/platforms.md)',
      '    network: {dns: {preset: node-local-dns}}',
      'or name the DNS servers:',
      '    network: {dns: {pods: [{namespace: kube-system, labels: {k8s-app: my-dns}}], addresses: ["169.254.20.10/32"]}}',
    ]);
  });

  it('names a server with an IPv6 address as a network of one', async () => {
    const prints = ({ purpose }: ProbePod) => `${purpose === 'dns' ? 'no answer' : 'resolved'}\nfd00::a`;
    expect((await dns.run(contextOf({ prints })))[0]?.fix).toContain('addresses: ["fd00::a/128"]');
  });

  it('repeats one line of what the shell says, so that the next one is the server', async () => {
    const context = contextOf({ prints: () => 'resolved\n10.96.0.10' });
    await dns.run(context);
    const [, , script = ''] = context.pods[0]?.spec.containers[0]?.command ?? [];
    const stubs = 'timeout() { printf "first\\nsecond\\n" >&2; false; }; sleep() { :; }';
    const { stdout } = spawnSync('bash', ['-c', `${stubs}\n${script}`], { encoding: 'utf8' });
    expect(stdout.split('\n')[0]).toBe('first');
    expect(stdout).not.toContain('second');
  });

  it('knows nothing where a pod says nothing', async () => {
    expect(await dns.run(contextOf({ prints: () => '' }))).toMatchObject([{ level: 'unknown' }]);
  });

  it('tells a broken DNS from a denied one', async () => {
    const prints = ({ node }: ProbePod) => (node === 'w2' ? 'no answer\n10.96.0.10' : 'resolved\n10.96.0.10');
    const [finding] = await dns.run(contextOf({ prints }));
    expect(finding).toMatchObject({ level: 'problem', message: expect.stringContaining('no pod resolves') });
    expect(finding?.message).toContain('on w2, whatever its policies (no answer; DNS server 10.96.0.10)');
  });

  it('knows nothing where a pod fails, or no node is ready', async () => {
    expect(await dns.run(contextOf({}))).toMatchObject([{ level: 'unknown' }]);
    expect(await dns.run(contextOf({ nodes: [] }))).toMatchObject([{ level: 'unknown' }]);
  });

  it('asks without rules where the stack makes no policies', async () => {
    const context = contextOf({
      stack: { network: { policies: false } } as never,
      prints: () => 'resolved\n10.96.0.10',
    });
    expect(await dns.run(context)).toMatchObject([
      { level: 'ok', message: expect.stringContaining('without policies') },
    ]);
  });
});
