import { clusterOf, withAcme } from '../fake-cluster';
import { presents, secureMirror } from '../secure-mirror';
import { make } from './certificate-maker';

const old = make({ name: 'old', from: new Date('2025-01-01') });
const young = make({ name: 'young' });

describe('secure-mirror ca', () => {
  it('leads through a change, and is safe to follow', async () => {
    const cluster = clusterOf('trust', old, [old, young], () => presents('mutual-tls'));
    const { code, stdout, stderr } = await secureMirror(cluster, 'ca');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^CN=old {4}\S{11} +yes +peer, server, node +\d{4}-\d\d-\d\d$/m);
    expect(stdout).toMatch(/^step {5}2 of 3, leaf.*\nsafe {5}yes\nnext {5}all nodes trust CN=old .* CN=young /m);
    expect(stdout).toContain('kubectl --namespace secured-mirror create secret tls mirror-ca --cert=new-ca.crt');
  });

  it('prints commands for the cluster that it was told to ask', async () => {
    const cluster = clusterOf('trust', old, [old, young], () => presents('mutual-tls'));
    const { stdout } = await secureMirror(
      cluster,
      'ca',
      '--json',
      '--context',
      'pro duction',
      '--kubeconfig',
      '/etc/kube',
    );
    const commands: string[] = JSON.parse(stdout).commands.filter((command: string) => !command.startsWith('#'));
    expect(commands.length).toBeGreaterThan(1);
    for (const command of commands) {
      expect(command).toMatch(/^kubectl --kubeconfig \/etc\/kube --context 'pro duction' --namespace secured-mirror /);
    }
  });

  it('waits where a node has the certificates of before', async () => {
    const cluster = clusterOf('trust', young, [old, young], () => presents('mutual-tls'));
    const proxy = cluster.files['mirror-w2/proxy'] ?? {};
    const before = make({ name: 'peer', ca: false, by: old }).pem;
    cluster.files['mirror-w2/proxy'] = { ...proxy, '/etc/secured-mirror/tls-peer/tls.crt': before };
    const { code, stdout } = await secureMirror(cluster, 'ca', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      step: 'drop',
      safe: false,
      next: expect.stringMatching(/^wait: previous certificates are still in use on w2; /),
      problems: [],
      commands: [],
      nodes: [{ node: 'w1', trusts: [expect.any(String), young.certificate.fingerprint256] }, { node: 'w2' }],
      cas: [
        { subject: 'CN=old', inBundle: true, issues: [] },
        { subject: 'CN=young', inBundle: true, issues: ['peer', 'server', 'node'] },
      ],
    });
  });

  it('names a problem', async () => {
    const cluster = clusterOf('trust', young, [old], () => presents('mutual-tls'));
    const { code, stdout } = await secureMirror(cluster, 'ca');
    expect(code).toBe(1);
    expect(stdout).toContain('problem  ConfigMap mirror-trust (key ca.crt): the bundle lacks the CA of Issuer mirror');
  });

  it('refuses an issuer that signs by ACME by its name', async () => {
    const cluster = withAcme(clusterOf('minimal', old, [], () => presents('')));
    const { code, stdout } = await secureMirror(cluster, 'ca');
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^problem {2}certificates: Issuer mirror signs by ACME, .* none for 127[.]0[.]0[.]1: name an issuer .*issuers[.]md$/m,
    );
    expect(stdout).toMatch(
      /^safe {5}no\nnext {5}name another issuer: authentication[.]mutualTls[.]issuer in stack[.]yaml$/m,
    );
    expect(stdout).not.toContain('kubectl');
  });

  it('is ok without a bundle, without cert-manager and without the right to see it', async () => {
    const cluster = clusterOf('minimal', old, [], () => presents('mutual-tls'));
    const says = 'error: the server doesn\'t have a resource type "certificates" in group "cert-manager.io"';
    cluster.refusals.push({ asked: 'certificates', says });
    const { code, stdout } = await secureMirror(cluster, 'ca');
    expect(code).toBe(0);
    expect(stdout).toContain('next     give the stack a bundle first');
  });
});
