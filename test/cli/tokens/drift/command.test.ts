import type { Outcome } from '../../secure-mirror';
import { asDeclared, RELEASE, RELEASE_PUSH } from '../use/cluster';
import { type Fake, run } from '../use/kubectl';
import { base64, PLANTED, PLANTED_USER, pod, pullSecret, pulls, secret, serviceAccount } from '../use/objects';
import { hubKeys, stackText } from '../use/stack';

/** Much that is wrong, with secrets in all places where people put them. */
const drifted: Fake = {
  objects: [
    ...asDeclared().filter(({ metadata }) => metadata.name !== RELEASE),
    pullSecret('kong', RELEASE, { ...hubKeys(PLANTED_USER, 'kong/kubernetes-ingress-controller') }),
    pullSecret('other', 'mine', { [`https://kong:${PLANTED}@docker.io/kong/x?t=${PLANTED}`]: 'kong' }),
    serviceAccount('other', 'default', 'mine', 'shared-account', RELEASE_PUSH),
    pullSecret('other', 'shared-account', { 'docker.io': 'teamaccount' }),
    secret('odd', 'broken', 'kubernetes.io/dockerconfigjson', { '.dockerconfigjson': `{"auths": {"${PLANTED}` }),
    secret('odd', RELEASE_PUSH, 'Opaque', { token: PLANTED }),
    pod('odd', 'steering', pulls(RELEASE, '\x1b[2J\nok')),
  ],
};

/** All forms in which a planted value could be told. */
const FORMS = [PLANTED, PLANTED_USER, base64(PLANTED), base64(PLANTED_USER), base64(`kong:${PLANTED}`)];

describe('secure-mirror tokens drift', () => {
  it('says what differs, the worst first', async () => {
    const { code, stdout, stderr } = await run(drifted, stackText(), 'drift', '--today', '2025-06-18');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
"problem  ServiceAccount other/default: it pulls with kubernetes-ingress-controller-push, the Secret of the token "kubernetes-ingress-controller push", with which one can push
         fix: take it out at once, give it a token that pulls, and replace the token that pushes: it was on nodes
problem  Secret odd/kubernetes-ingress-controller-push: it has the name of the token "kubernetes-ingress-controller push"'s Secret, which is not declared for this namespace; nothing names it
         fix: delete odd/kubernetes-ingress-controller-push when nothing names it any more
problem  Secret other/mine: it has a credential for docker.io/kong/x and is no declared token's; used by ServiceAccount other/default
         fix: declare its token, or delete other/mine when nothing names it any more
problem  Secret other/shared-account: the shared account teamaccount is still here; its last day was 2025-06-15
         fix: see what this says: npm run --silent secure-mirror -- tokens retire --file /folder/stack.yaml
problem  Secret kong/kubernetes-ingress-controller-pull: docker.io/kong/kubernetes-ingress-controller, index.docker.io/kong/kubernetes-ingress-controller, registry-1.docker.io/kong/kubernetes-ingress-controller: the user is another one; the token "kubernetes-ingress-controller pull" wants kong
         fix: see whose credential it is, and put the token's in its place
warning  Pod odd/steering: it names kubernetes-ingress-controller-pull, the Secret of the token "kubernetes-ingress-controller pull", which does not exist and is not declared for it
         fix: take it out
warning  Secret odd/broken: nodes cannot use it, and whose credential is in it was not read: it is not a docker configuration
         fix: see what it is for, or delete it
looked at: 4 namespaces, 7 pull Secrets, 4 ServiceAccounts, 2 workloads, 2 pods
"
`);
  });

  it('says the same to a program', async () => {
    const { code, stdout } = await run(drifted, stackText(), 'drift', '--today', '2025-06-18', '--json');
    expect(code).toBe(1);
    const { ok, findings, lookedAt } = JSON.parse(stdout);
    expect({ ok, lookedAt }).toMatchObject({ ok: false, lookedAt: { namespaces: 4 } });
    expect(findings[0]).toMatchObject({
      level: 'problem',
      code: 'push-pulls',
      subject: 'ServiceAccount other/default',
    });
    for (const finding of findings) {
      expect(Object.keys(finding)).toEqual(['level', 'code', 'subject', 'message', 'fix']);
    }
  });

  it('is content with a cluster that is as declared', async () => {
    const { code, stdout } = await run({ objects: asDeclared() }, stackText(), 'drift');
    expect(code).toBe(0);
    expect(stdout).toBe(`ok       4 tokens: the cluster is as declared
looked at: 2 namespaces, 3 pull Secrets, 3 ServiceAccounts, 2 workloads, 1 pod
`);
  });

  it('prints commands for the cluster that it was told to ask', async () => {
    const binding = '[{namespace: kong, serviceAccounts: [controller], apply: false}]';
    const stack = stackText().replaceAll('[{namespace: kong, serviceAccounts: [controller]}]', binding);
    const objects = asDeclared().map((object) =>
      object.metadata.name === 'controller' && object.kind === 'ServiceAccount'
        ? serviceAccount('kong', 'controller', RELEASE)
        : object,
    );
    const access = ['--context', 'pro duction', '--kubeconfig', '/etc/kube'];
    const { stdout, asked } = await run({ objects }, stack, 'drift', ...access);
    expect(stdout).toContain(
      "fix: kubectl --kubeconfig /etc/kube --context 'pro duction' --namespace kong patch serviceaccount/controller --type=json -p '" +
        `[{"op":"test","path":"/imagePullSecrets","value":[{"name":"${RELEASE}"}]},` +
        `{"op":"add","path":"/imagePullSecrets","value":[{"name":"${RELEASE}"},{"name":"nightly-ingress-controller-pull"}]}]'\n`,
    );
    expect(asked[0]?.slice(0, 4)).toEqual(['--kubeconfig', '/etc/kube', '--context', 'pro duction']);
    expect((await run({ objects }, stack, 'drift')).stdout).toContain('fix: kubectl --namespace kong patch');
  });

  it('does not fail for warnings', async () => {
    const objects = [...asDeclared(), pod('kong', 'x', { volumes: [{ name: 'v', secret: { secretName: RELEASE } }] })];
    const { code, stdout } = await run({ objects }, stackText(), 'drift');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^warning {2}Pod kong\/x: its containers read/);
  });

  it.each(['drift', 'retire'])('never tells a planted value: %s', async (command) => {
    // One after the other: what they print is caught in one place.
    const outcomes: Outcome[] = [];
    for (const format of [[], ['--json']]) {
      outcomes.push(await run(drifted, stackText(), command, '--today', '2025-06-18', ...format));
    }
    for (const form of FORMS) {
      const refusals = [{ asked: 'get secrets', says: `error: ${form} in line 1` }];
      const outcome = await run({ ...drifted, refusals }, stackText(), command);
      expect(outcome).toMatchObject({
        code: 2,
        stdout: '',
        stderr: 'secure-mirror: kubectl could not read a Secret\n',
      });
      outcomes.push(outcome);
    }
    for (const { stdout, stderr, asked } of outcomes) {
      const all = `${stdout}${stderr}${asked.flat().join(' ')}`;
      expect(FORMS.filter((form) => all.includes(form))).toEqual([]);
    }
  });

  it('asks nothing where no tokens are declared', async () => {
    const stack = stackText().replace(/ {4}tokens:[\s\S]*/, '');
    for (const [command, says] of [
      ['drift', 'stack.yaml names no tokens\n'],
      ['retire', 'stack.yaml names no shared account\n'],
    ] as const) {
      const { code, stdout, asked } = await run(drifted, stack, command);
      expect({ code, stdout, asked }).toEqual({ code: 0, stdout: says, asked: [] });
    }
  });

  it.each(['drift', 'retire'])('explains itself: %s', async (command) => {
    const { code, stdout } = await run(drifted, stackText(), command, '--help');
    expect(code).toBe(0);
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain('Exit codes: 0');
    expect(stdout.replace(/\s+/g, ' ')).toContain('It changes nothing.');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
