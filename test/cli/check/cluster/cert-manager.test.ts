import { certManager, versionFindings, versionsIn } from '../../../../src/cli/check/cluster/cert-manager';
import { variants } from '../../../support';
import { contextOf } from '../../probe/fake-context';

const CLUSTER = {
  paths: { '/apis/cert-manager.io': {} },
  everywhere: { 'deployments.apps': 'quay.io/jetstack/cert-manager-controller:v1.21.2 v1.21.2\nexample.com/web:1 \n' },
};

describe('the version of cert-manager', () => {
  it.each([
    ['quay.io/jetstack/cert-manager-controller:v1.20.3 v1.20.3', ['1.20.3']],
    ['registry.example.com:5000/jetstack/cert-manager-controller:v1.20.3@sha256:aa ', ['1.20.3']],
    ['registry.example.com/cert-manager-controller@sha256:aa v1.19.6', ['1.19.6']],
    ['registry.redhat.io/cert-manager/jetstack-cert-manager-controller-rhel9@sha256:aa v1.19.6', ['1.19.6']],
    ['example.com/cert-manager-controller-exporter:v1 ', []],
    ['example.com/cert-manager-controller:latest ', ['']],
  ])('is read from %s', (line, versions) => {
    expect(versionsIn(`${line}\n`)).toEqual(versions);
  });

  it.each(['1.19.6', '1.19.7', '1.20.3', '1.21.0', '1.21.0-beta.0', '1.22.1', '2.0.0'])('is fixed in %s', (version) => {
    expect(versionFindings([version])).toMatchObject([{ level: 'ok' }]);
  });

  it.each(['1.12.17', '1.18.6', '1.19.5', '1.20.0', '1.20.2'])('needs an update from %s', (version) => {
    const [finding] = versionFindings([version]);
    expect(finding).toMatchObject({ level: 'warning' });
    expect(finding?.message).toContain('GHSA-8rvj-mm4h-c258');
    expect(finding?.fix).toContain('1.19.6, 1.20.3, or 1.21');
  });

  it.each([[[]], [['']]])('is unknown without one: %j', (versions) => {
    expect(versionFindings(versions)).toMatchObject([{ level: 'unknown' }]);
  });
});

describe('the check cert-manager', () => {
  it('has the webhook judge a Certificate of the stack, and leaves none', async () => {
    const context = contextOf(CLUSTER);
    const findings = await certManager.run(context);
    expect(findings.map(({ level }) => level)).toEqual(['ok', 'ok']);
    expect(context.dryRuns).toMatchObject([
      { kind: 'Certificate', metadata: { namespace: 'secure-mirror-check-test' } },
    ]);
  });

  it('repeats what the webhook says', async () => {
    const says =
      'Error from server (InternalError): failed calling webhook "webhook.cert-manager.io": connection refused';
    const findings = await certManager.run(contextOf({ ...CLUSTER, complaints: { Certificate: says } }));
    expect(findings.at(-1)).toMatchObject({
      level: 'problem',
      subject: 'webhook',
      message: expect.stringContaining('refused'),
    });
  });

  it('is not needed without Certificates', async () => {
    const stack = variants.basic as never;
    expect(await certManager.run(contextOf({ stack }))).toMatchObject([{ level: 'note' }]);
  });

  it('is missed', async () => {
    expect(await certManager.run(contextOf({}))).toMatchObject([
      { level: 'problem', fix: expect.stringContaining('install') },
    ]);
  });
});
