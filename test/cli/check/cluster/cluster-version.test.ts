import { clusterVersion } from '../../../../src/cli/check/cluster/cluster-version';
import { minimal, variants } from '../../../support';
import { contextOf } from '../../probe/fake-context';

const list = (...kinds: string[]) => ({
  resources: kinds.flatMap((kind) => [
    { name: `${kind.toLowerCase()}s/status`, kind },
    { name: `${kind.toLowerCase()}s`, kind },
  ]),
});

/** What a new cluster with cert-manager knows. */
const PATHS = {
  '/version': { gitVersion: 'v1.37.2', minor: '37' },
  '/api/v1': list('Namespace', 'ServiceAccount', 'ConfigMap', 'Service', 'Secret'),
  '/apis/apps/v1': list('DaemonSet'),
  '/apis/networking.k8s.io/v1': list('NetworkPolicy'),
  '/apis/cert-manager.io/v1': list('Issuer', 'Certificate'),
};

/** What it knows from 1.30 on. */
const POLICIES = {
  '/apis/admissionregistration.k8s.io/v1': list('ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'),
};

describe('the check cluster-version', () => {
  it('sees that a cluster knows all kinds of the stack', async () => {
    const [finding] = await clusterVersion.run(contextOf({ paths: PATHS }));
    expect(finding).toMatchObject({
      level: 'ok',
      message: 'Kubernetes v1.37.2 knows all 8 kinds of objects of the stack',
    });
  });

  it.each(['28', '28+'])('finds minor version %s too old', async (minor) => {
    const paths = { ...PATHS, '/version': { gitVersion: `v1.${minor}`, minor } };
    const [finding] = await clusterVersion.run(contextOf({ paths }));
    expect(finding).toMatchObject({ level: 'problem', message: `Kubernetes v1.${minor} is too old` });
    expect(finding?.fix).toContain('1.29');
  });

  it('takes 1.29, as some clouds write it', async () => {
    const paths = { ...PATHS, '/version': { gitVersion: 'v1.29.1-eks', minor: '29+' } };
    expect((await clusterVersion.run(contextOf({ paths })))[0]?.level).toBe('ok');
  });

  it('finds 1.30 too old for guards, and says what else is missing', async () => {
    const { '/apis/cert-manager.io/v1': _, ...rest } = PATHS;
    const version = { gitVersion: 'v1.30.4', minor: '30' };
    const paths = { ...rest, ...POLICIES, '/version': version };
    const findings = await clusterVersion.run(contextOf({ paths, stack: variants.guards as never }));
    expect(findings.map(({ level, message }) => [level, message])).toEqual([
      ['problem', 'Kubernetes v1.30.4 is too old for guards'],
      ['problem', expect.stringContaining('does not know cert-manager.io/v1')],
    ]);
    expect(findings[0]?.fix).toContain('1.31 or newer, whose CEL knows addresses, or take guards out of stack.yaml');
  });

  it('takes 1.31 for guards, and 1.30 for other policies', async () => {
    for (const [minor, stack] of [
      ['31', { ...variants.guards, guards: {} }],
      ['30', minimal],
    ] as const) {
      const paths = { ...PATHS, ...POLICIES, '/version': { gitVersion: `v1.${minor}.0`, minor } };
      const findings = await clusterVersion.run(contextOf({ paths, stack: stack as never }));
      expect(findings.map(({ level }) => level)).toEqual(['ok']);
    }
  });

  it('says what to install for a kind that is missing', async () => {
    const { '/apis/cert-manager.io/v1': _, ...paths } = PATHS;
    const [finding] = await clusterVersion.run(contextOf({ paths }));
    expect(finding).toMatchObject({
      level: 'problem',
      message: 'Kubernetes v1.37.2 does not know cert-manager.io/v1 Issuer, cert-manager.io/v1 Certificate',
      fix: 'install cert-manager: https://cert-manager.io/docs/installation/',
    });
  });

  it('says what to do for each kind that a cluster may lack', async () => {
    const stack = { ...variants.tokens, nodeReadiness: { apiServer: { addresses: ['10.0.0.4/32'], port: 6443 } } };
    const { '/apis/cert-manager.io/v1': _, ...paths } = PATHS;
    const [finding] = await clusterVersion.run(contextOf({ paths, stack: stack as never }));
    for (const what of ['cert-manager', 'Node Readiness Controller', 'External Secrets Operator']) {
      expect(finding?.fix).toContain(what);
    }
  });

  it.each([
    ['cilium', 'cilium.io/v2 CiliumNetworkPolicy', 'take network.cni: cilium out of stack.yaml'],
    ['calico', 'projectcalico.org/v3 NetworkPolicy', "install Calico's API server"],
  ])('says what to do where the kinds of %s are missing', async (cni, kind, fix) => {
    const [finding] = await clusterVersion.run(contextOf({ paths: PATHS, stack: { network: { cni } } as never }));
    expect(finding?.message).toContain(kind);
    expect(finding?.fix).toContain(fix);
  });

  it('names the key of stack.yaml for policies that an old cluster lacks', async () => {
    const [finding] = await clusterVersion.run(contextOf({ paths: PATHS, stack: variants.tokens as never }));
    expect(finding?.level).toBe('problem');
    expect(finding?.fix).toContain('admission: {policies: false}');
    expect(finding?.fix).toContain('take guards and nodeReadiness out');
  });

  it('says what to do where approver-policy is missing', async () => {
    const stack = { ...variants.guards, guards: { certificates: { approverPolicy: true } } };
    const paths = { ...PATHS, ...POLICIES };
    const [finding] = await clusterVersion.run(contextOf({ paths, stack: stack as never }));
    expect(finding?.message).toContain('policy.cert-manager.io/v1alpha1 CertificateRequestPolicy');
    expect(finding?.fix).toContain('install approver-policy');
  });
});
