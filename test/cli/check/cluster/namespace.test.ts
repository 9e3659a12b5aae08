import { namespace } from '../../../../src/cli/check/cluster/namespace';
import { contextOf } from '../../probe/fake-context';

const PRIVILEGED = { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } };

describe('the check namespace', () => {
  it("tries the pod in a namespace with the same labels before the mirror's exists", async () => {
    const context = contextOf({});
    expect(await namespace.run(context)).toMatchObject([
      {
        level: 'ok',
        message: "the API server takes the mirror's pod and DaemonSet in a namespace with the same labels",
      },
    ]);
    expect(context.dryRuns).toMatchObject([
      {
        kind: 'Pod',
        metadata: { namespace: 'secure-mirror-check-test', labels: { 'app.kubernetes.io/component': 'mirror' } },
        spec: { serviceAccountName: 'default', priorityClassName: 'system-node-critical' },
      },
      { kind: 'DaemonSet', metadata: { namespace: 'secure-mirror-check-test', name: 'secure-mirror-check' } },
    ]);
  });

  it.each([
    [{ 'namespace secured-mirror': PRIVILEGED }, 'default'],
    [{ 'namespace secured-mirror': PRIVILEGED, 'serviceaccount mirror': {} }, 'mirror'],
  ])("tries it in the mirror's own: %j", async (objects, serviceAccountName) => {
    const context = contextOf({ objects });
    expect(await namespace.run(context)).toMatchObject([
      { level: 'ok', message: expect.stringContaining('secured-mirror') },
    ]);
    expect(context.dryRuns[0]).toMatchObject({
      metadata: { namespace: 'secured-mirror' },
      spec: { serviceAccountName },
    });
  });

  it('does not try it while it is being deleted', async () => {
    const ending = { metadata: { ...PRIVILEGED.metadata, deletionTimestamp: '2026-11-27T18:00:00Z' } };
    expect(await namespace.run(contextOf({ objects: { 'namespace secured-mirror': ending } }))).toMatchObject([
      { level: 'problem', message: 'the namespace secured-mirror is being deleted, and takes nothing any more' },
    ]);
  });

  it("tries it in the mirror's and with the stack's labels where the mirror's has none yet", async () => {
    const context = contextOf({ objects: { 'namespace secured-mirror': { metadata: {} } } });
    await namespace.run(context);
    expect(context.dryRuns.map(({ kind, metadata }) => `${kind} ${metadata.namespace}`)).toEqual([
      'Pod secured-mirror',
      'DaemonSet secured-mirror',
      'Pod secure-mirror-check-test',
      'DaemonSet secure-mirror-check-test',
    ]);
  });

  it('says what a quota refuses in a namespace without labels', async () => {
    const objects = { 'namespace secured-mirror': { metadata: {} } };
    const Pod = 'Error from server (Forbidden): pods "a" is forbidden: exceeded quota: none, requested: pods=1';
    expect(await namespace.run(contextOf({ objects, complaints: { Pod } }))).toMatchObject([
      { level: 'problem', message: expect.stringContaining('in the namespace secured-mirror') },
    ]);
  });

  it.each([
    [{}, 'with the same labels'],
    [{ labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } }, 'in the namespace secured-mirror'],
  ])('believes Pod Security where the labels are final: %j', async (metadata, place) => {
    const objects = { 'namespace secured-mirror': { metadata } };
    const Pod =
      'Error from server (Forbidden): pods "a" is forbidden: violates PodSecurity "restricted:latest": hostPath';
    const findings = await namespace.run(contextOf({ objects, complaints: { Pod } }));
    expect(findings).toMatchObject([{ level: 'problem', message: expect.stringContaining(place) }]);
  });

  it('repeats a refusal by a ValidatingAdmissionPolicy, which kubectl words in its own way', async () => {
    const denied = "ValidatingAdmissionPolicy 'p' with binding 'p' denied request";
    const Pod = `The pods "a" is invalid: : ${denied}: no hostPath here`;
    const DaemonSet = `The daemonsets "a" is invalid: \n* spec.one: ${denied}\n* spec.two: ${denied}`;
    const findings = await namespace.run(contextOf({ complaints: { Pod, DaemonSet } }));
    expect(findings.map(({ level, message }) => [level, message.split(': ').slice(1).join(': ')])).toEqual([
      ['problem', Pod],
      ['problem', DaemonSet.replaceAll('\n', ' ')],
    ]);
  });

  it('repeats who refuses it, and who warns', async () => {
    const Pod =
      'Warning: audit only\nError from server (Forbidden): admission webhook "validate.kyverno.svc" denied the request';
    const findings = await namespace.run(contextOf({ complaints: { Pod } }));
    expect(findings).toMatchObject([
      { level: 'problem', message: expect.stringContaining('kyverno') },
      { level: 'warning', message: expect.stringContaining('audit only') },
    ]);
  });

  it.each([
    [
      'pods "a" is forbidden: exceeded quota: none, requested: pods=1',
      'kubectl --namespace secured-mirror edit quota none',
    ],
    [
      'pods "a" is forbidden: violates PodSecurity "baseline:latest": hostPath',
      'namespace secured-mirror pod-security.kubernetes.io/enforce=privileged',
    ],
    ['admission webhook "validate.kyverno.svc" denied the request', 'exempt the namespace secured-mirror'],
  ])('says what to do about %s', async (complaint, fix) => {
    const Pod = `Error from server (Forbidden): error when creating "STDIN": ${complaint}`;
    const [finding] = await namespace.run(contextOf({ complaints: { Pod } }));
    expect(finding?.fix).toContain(fix);
    expect(finding?.message).not.toContain('STDIN');
  });
});
