import { CheckCluster } from '../check/check-cluster';
import { withKubectl } from '../secure-mirror';

const SELECTOR = 'app.kubernetes.io/name=secured-mirror,app.kubernetes.io/component=mirror';
const pod = {
  metadata: { name: 'mirror-w1' },
  spec: { nodeName: 'w1', containers: [{ name: 'node-agent', image: 'a' }] },
  status: { podIP: '10.244.1.5', hostIP: '10.0.0.11', conditions: [{ type: 'Ready', status: 'True' }] },
};
const clusters: CheckCluster[] = [];
afterEach(() => {
  for (const cluster of clusters.splice(0)) cluster.remove();
});

/** A cluster whose fake kubectl knows a mirror, if the test wants one. */
function clusterWith(pods: object[]): CheckCluster {
  const cluster = new CheckCluster({ objects: { pods: { items: pods } } });
  clusters.push(cluster);
  return cluster;
}

const verify = (cluster: CheckCluster, ...args: string[]) =>
  withKubectl(cluster.kubectl, 'verify', '-f', cluster.stack, ...args);

describe('secure-mirror verify', () => {
  it('says what it tried, and what it did not try', async () => {
    const cluster = clusterWith([pod]);
    const { code, stdout, stderr } = await verify(cluster, '--row', 'T15', '--row', 'T10');
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toEqual([
      'ℹ T10  not tried: it would need a client of libp2p; T9 tries the port where it begins',
      '✔ T15  stack.yaml: every manifest comes from its registry, which checks the pull secret',
      '',
      '1 ✔, 1 ℹ not tried: what was tried is protected',
      '',
    ]);
    expect(code).toBe(0);
    expect(cluster.left).toEqual([]);
  });

  it('tells programs what was tried, expected and seen', async () => {
    const { stdout } = await verify(clusterWith([pod]), '--row', 'T15', '--json');
    const tried = { tried: 'stack.yaml', expected: expect.any(String), seen: expect.any(String), evidence: [] };
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, rows: [{ name: 'T15', findings: [tried] }] });
  });

  it('says nothing of the stack where it attacks other pods', async () => {
    const spegel = { ...pod, spec: { ...pod.spec, containers: [{ name: 'spegel', image: 'a' }] } };
    const { code, stdout } = await verify(clusterWith([spegel]), '--selector', 'app=spegel', '--row', 'T15');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ℹ T15 {2}not tried: it is about stack.yaml/);
  });

  it('skips in JUnit XML what it did not try', async () => {
    const { stdout } = await verify(clusterWith([pod]), '--row', 'T15', 'T10', '--junit', '-');
    expect(stdout).toMatch(/name="T10">\s*<skipped/);
    expect(stdout.match(/<skipped/g)).toHaveLength(1);
  });

  it('attacks nobody where there is no mirror', async () => {
    const { code, stderr } = await verify(clusterWith([]), '--row', 'T2');
    expect(code).toBe(2);
    expect(stderr).toContain(`no pod ${SELECTOR} in the namespace secured-mirror is ready: nothing to attack`);
  });

  it('leaves nothing of a row that it could not try', async () => {
    const cluster = clusterWith([pod]);
    const { code, stdout } = await verify(cluster, '--row', 'T2');
    expect(code).toBe(2);
    expect(stdout).toMatch(/^\? T2 {2}a pod of the run does not start: /);
    expect(cluster.left).toEqual([]);
    expect(cluster.asked.filter((words) => /^delete namespace secure-mirror-verify-/.test(words))).toHaveLength(1);
  });

  it('helps', async () => {
    const { code, stdout } = await withKubectl('kubectl', 'verify', '--help');
    expect(code).toBe(0);
    for (const text of ['--row', '--disturb', '--junit', '--clean']) expect(stdout).toContain(text);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
