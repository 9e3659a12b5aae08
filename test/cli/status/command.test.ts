import { make } from '../ca/certificate-maker';
import { clusterOf, withAcme } from '../fake-cluster';
import { credential, presents, secureMirror } from '../secure-mirror';

const old = make({ name: 'old' });

describe('secure-mirror status', () => {
  it('is ok with a stack without problems', async () => {
    const { code, stdout, stderr } = await secureMirror(
      clusterOf('trust', old, [old], () => presents('mutual-tls')),
      'status',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines[1]).toMatch(/^w1 +yes +mutual TLS +2 +0 +0 +- +- +-$/);
    expect(lines).toContain('ok       nodes: all 2 are ready');
    expect(lines.at(-1)).toMatch(/^ok {7}certificate node \(Secret mirror-node\): 36\d days left/);
  });

  it('fails with a node that lags, and says it to a program too', async () => {
    const cluster = clusterOf('basic', old, [], (node) => credential(node === 'w1' ? 'aaaaaaaa' : 'bbbbbbbb'));
    const { code, stdout, asked } = await secureMirror(cluster, 'status', '--json', '--context', 'production');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      problems: ['credential: nodes disagree on the version: aaaaaaaa on w1; bbbbbbbb on w2'],
      nodes: [{ node: 'w1', presents: 'basic', credential: { newest: 'aaaaaaaa' } }, { node: 'w2' }],
    });
    const begin = ['--context', 'production', '--namespace', 'secured-mirror'];
    expect(asked.every((args) => args.slice(0, 4).join() === begin.join())).toBe(true);
  });

  it('takes it as cert-manager does where an issuer gives less time than was asked for', async () => {
    const cluster = clusterOf('minimal', old, [], () => presents('mutual-tls'));
    const hours = (number: number) => new Date(Date.now() + number * 3600_000);
    const { pem } = make({ name: 'peer', ca: false, by: old, from: hours(-1), to: hours(23.5) });
    cluster.objects['secured-mirror/secret/mirror-peer'].data['tls.crt'] = Buffer.from(pem).toString('base64');
    const { code, stdout } = await secureMirror(cluster, 'status');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok {7}certificate peer \(Secret mirror-peer\): 23 hours left/m);
  });

  it('names an issuer that signs by ACME, which is why there are no certificates', async () => {
    const { code, stdout, asked } = await secureMirror(
      withAcme(clusterOf('minimal', old, [], () => presents(''))),
      'status',
    );
    expect(code).toBe(1);
    const said = stdout.split('\n').filter((line) => line.includes('certificate'));
    expect(said).toEqual([
      'problem  certificates: Issuer mirror signs by ACME, which gives no certificate with a URI SAN and none for 127.0.0.1: ' +
        'name an issuer with a CA of yours, see docs/issuers.md',
    ]);
    expect(asked.filter((args) => args.join().includes('acme'))).toHaveLength(1);
  });

  it('names a node whose agent does not answer, and lets it not steer the terminal', async () => {
    const steering = `${presents('mutual-tls')}secured_mirror_unauthenticated_requests_total{listener="entry",source="\x1b[2J"} 3\n`;
    const cluster = clusterOf('permissive', old, [], () => steering);
    delete cluster.files['mirror-w2/node-agent'];
    const { code, stdout } = await secureMirror(cluster, 'status');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^problem {2}node w2: its agent does not answer \(no cluster answers/m);
    expect(stdout).toContain('enforcing would shut out: ?[2J at entry (3)');
  });
});
