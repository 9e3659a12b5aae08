import { writeFileSync } from 'node:fs';
import { withKubectl } from '../secure-mirror';
import { clusterText as cluster, inFolderOfItsOwn } from '../working-folder';

inFolderOfItsOwn();

/** Runs the command on a stack of these clusters. No kubectl can be run. */
function reachability(clusters: string[], ...args: string[]) {
  writeFileSync('stack.yaml', `clusters:${clusters.join('')}`);
  return withKubectl('/nowhere/kubectl', 'reachability', ...args);
}

describe('secure-mirror reachability', () => {
  it('prints a table, what its words mean, and what policies cannot do, and asks no cluster', async () => {
    const { code, stdout, stderr } = await reachability([cluster('one')]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchSnapshot();
  });

  it('says more with a CNI: what the stack adds, what that needs, and what is final', async () => {
    const { stdout } = await reachability([cluster('one', '\n    network: {cni: calico}')]);
    expect(stdout).toMatch(/^the LAN, and everything outside( +denied [(]final[)]){5}$/m);
    expect(stdout).toContain('\ndenied (final): by policy, and no NetworkPolicy can allow it\n');
    expect(stdout).toContain('\nCalico: what the stack adds\n- ');
    expect(stdout).toContain('\nCalico: what that needs\n- ');
    expect(stdout).not.toContain('kube-router');
    expect(stdout).not.toMatch(/`|\*\*/);
  });

  it('prints JSON: a row for each source and listener, and the limits with their sources', async () => {
    const { code, stdout } = await reachability(
      [cluster('one', '\n    network: {cni: cilium}\n    entry: {loopback: {port: 31000}}')],
      '--json',
    );
    const { rows, limits, ...rest } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(rest).toEqual({
      cluster: 'one',
      policies: true,
      cni: 'cilium',
      entry: { address: '127.0.0.1', port: 31000 },
    });
    expect(rows).toHaveLength(30);
    expect(rows).toContainEqual({
      from: 'apiServer',
      listener: 'entry',
      port: 5445,
      verdict: 'denied',
      policy: 'denies',
      final: true,
      certificate: 'node',
      password: false,
    });
    expect(rows).toContainEqual(
      expect.objectContaining({ from: 'ownNode', listener: 'health', verdict: 'open', policy: 'cannotDeny' }),
    );
    for (const limit of limits) expect(Object.keys(limit)).toEqual(['what', 'lock', 'sources']);
  });

  it('says that nothing is denied where policies are off, and names no limit of theirs', async () => {
    const off = cluster('one', '\n    network: {policies: false}');
    const { stdout } = await reachability([off]);
    expect(stdout).toContain('cluster one: network.policies false;');
    expect(stdout).not.toContain('denied');
    expect(stdout).not.toContain('What policies cannot do');
    expect(JSON.parse((await reachability([off], '--json')).stdout).limits).toEqual([]);
  });

  it('takes the named cluster of several, and asks for a name otherwise', async () => {
    const two = [cluster('east'), cluster('west', '\n    network: {cni: cilium}')];
    expect((await reachability(two, '--cluster', 'west')).stdout).toContain('cluster west: network.cni cilium;');
    const { code, stdout, stderr } = await reachability(two);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--cluster: missing; expected one of these: east, west (stack.yaml)');
  });

  it('names the mistakes of the file', async () => {
    const { code, stderr } = await reachability([cluster('one', '\n    network: {cni: flannel}')]);
    expect(code).toBe(2);
    expect(stderr).toContain('network.cni: got "flannel"; expected one of cilium, calico, ovn-kubernetes');
  });

  it('helps', async () => {
    const { code, stdout } = await withKubectl('kubectl', 'reachability', '--help');
    expect(code).toBe(0);
    for (const text of ['--file', '--cluster', '--json', 'secure-mirror -- reachability\n', 'Exit codes']) {
      expect(stdout).toContain(text);
    }
  });
});
