import { asDeclared } from '../use/cluster';
import { type Fake, run } from '../use/kubectl';
import {
  ownedBy,
  PLANTED,
  PLANTED_USER,
  pod,
  podOf,
  pullSecret,
  pulls,
  secret,
  serviceAccount,
  workload,
} from '../use/objects';
import { stackText } from '../use/stack';

/** The shared account under its name and under others, in three namespaces. */
const shared: Fake = {
  objects: [
    ...asDeclared(),
    pullSecret('apps', 'shared-account', { 'https://index.docker.io/v1/': 'TeamAccount' }),
    pullSecret('apps', 'regcred', { 'docker.io': 'teamaccount', 'quay.io': PLANTED_USER }),
    pullSecret('apps', 'foreign', { 'docker.io': PLANTED_USER }),
    serviceAccount('apps', 'default', 'shared-account', 'foreign'),
    serviceAccount('apps', 'worker'),
    workload('Deployment', 'apps', 'web', {}),
    workload('CronJob', 'apps', 'nightly', { serviceAccountName: 'worker', ...pulls('regcred', 'foreign') }),
    workload('Deployment', 'apps', 'builder', { volumes: [{ name: 'v', secret: { secretName: 'regcred' } }] }),
    podOf('web', 'apps', 'a', pulls('shared-account', 'foreign')),
    podOf('web', 'apps', 'b', pulls('shared-account', 'foreign')),
    pod('apps', 'done', pulls('shared-account'), {}, 'Succeeded'),
    pullSecret('spread', 'shared-account', { 'docker.io': 'teamaccount' }, ownedBy('ExternalSecret', 'shared')),
    secret('restart', 'shared-account', 'Opaque', { token: PLANTED }),
    workload('StatefulSet', 'restart', 'db', {}),
    pod('restart', 'db-0', pulls('shared-account'), ownedBy('StatefulSet', 'db')),
    pod('restart', 'alone', pulls('shared-account')),
    serviceAccount('gone', 'default', 'shared-account'),
    secret('odd', 'broken', 'kubernetes.io/dockerconfigjson', { '.dockerconfigjson': `{"auths": ${PLANTED}` }),
  ],
};

describe('secure-mirror tokens retire', () => {
  it('says where the shared account is, and what to type next', async () => {
    const { code, stdout, stderr } = await run(shared, stackText(), 'retire', '--today', '2025-06-18');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatchInlineSnapshot(`
"shared account teamaccount at docker.io (Secrets named shared-account): overdue by 3 days, its last day is 2025-06-15
  namespace apps: 2 Secrets, 1 ServiceAccount, 2 workloads, 2 pods
    Secret regcred, found by user
    Secret shared-account, found by name and user
    ServiceAccount default lists shared-account
    Deployment builder reads regcred
    CronJob nightly pulls with regcred
    2 pods of Deployment web: pulls with shared-account, from when made
    next: give Deployment apps/builder a token of its own instead of regcred, which its containers read
      kubectl --namespace apps edit deployment/builder
    next: take regcred out of CronJob apps/nightly
      kubectl --namespace apps patch cronjob/nightly --type=json -p '[{"op":"test","path":"/spec/jobTemplate/spec/template/spec/imagePullSecrets","value":[{"name":"regcred"},{"name":"foreign"}]},{"op":"add","path":"/spec/jobTemplate/spec/template/spec/imagePullSecrets","value":[{"name":"foreign"}]}]'
    next: take shared-account out of ServiceAccount apps/default
      kubectl --namespace apps patch serviceaccount/default --type=json -p '[{"op":"test","path":"/imagePullSecrets","value":[{"name":"shared-account"},{"name":"foreign"}]},{"op":"add","path":"/imagePullSecrets","value":[{"name":"foreign"}]}]'
  namespace restart: 1 Secret, 0 ServiceAccounts, 0 workloads, 2 pods
    Secret shared-account, found by name
    Pod alone: pulls with shared-account
    1 pod of StatefulSet db: pulls with shared-account, from when made
    next: Pod restart/alone has it, and nothing will make it anew: end it yourself
      kubectl --namespace restart delete pod/alone
    next: 1 pod of StatefulSet restart/db has it from when made: make anew
      kubectl --namespace restart rollout restart statefulset/db
  namespace spread: 1 Secret, 0 ServiceAccounts, 0 workloads, 0 pods
    Secret shared-account, found by name and user, made by ExternalSecret shared; nothing names it
    next: nothing names Secret spread/shared-account any more, but ExternalSecret shared makes it again: delete that
      kubectl --namespace spread delete externalsecret/shared
  harmless, to be cleaned up: these name a Secret that is gone
    take shared-account out of ServiceAccount gone/default
      kubectl --namespace gone patch serviceaccount/default --type=json -p '[{"op":"test","path":"/imagePullSecrets","value":[{"name":"shared-account"}]},{"op":"remove","path":"/imagePullSecrets"}]'

problem  shared account teamaccount at docker.io: still in 3 namespaces; its last day is 2025-06-15
         fix: take its next steps, and run it again
warning  Secret odd/broken: nodes cannot use it, and its users stay unknown: it is malformed
looked at: 7 namespaces, 9 pull Secrets, 6 ServiceAccounts, 6 workloads, 5 pods
"
`);
  });

  it('says the same to a program', async () => {
    const { code, stdout } = await run(shared, stackText(), 'retire', '--today', '2025-06-10', '--json');
    expect(code).toBe(1);
    const { ok, lookedAt, findings, accounts } = JSON.parse(stdout);
    expect({ ok, findings }).toMatchObject({
      ok: false,
      findings: [
        { level: 'problem', code: 'in-use', subject: 'shared account teamaccount at docker.io' },
        { level: 'warning', code: 'unreadable', subject: 'Secret odd/broken' },
      ],
    });
    expect(lookedAt).toMatchObject({ pods: 5 });
    const [{ daysLeft, namespaces, dangling, gone }] = accounts;
    expect({ daysLeft, gone, dangling: dangling.length }).toEqual({ daysLeft: 5, gone: false, dangling: 1 });
    expect(namespaces.map(({ namespace }: { namespace: string }) => namespace)).toEqual(['apps', 'restart', 'spread']);
  });

  it('is content when nothing has it, and says of how much', async () => {
    const { code, stdout } = await run({ objects: asDeclared() }, stackText(), 'retire', '--today', '2025-06-18');
    expect(code).toBe(0);
    expect(
      stdout,
    ).toBe(`shared account teamaccount at docker.io (Secrets named shared-account): ended, its last day is 2025-06-15

ok       shared account teamaccount at docker.io: nothing has it any more
looked at: 2 namespaces, 3 pull Secrets, 3 ServiceAccounts, 2 workloads, 1 pod
`);
  });

  it('is not content with what stack.yaml still names, also after the last day', async () => {
    const usedBy = `          usedBy:
            workflows: [kong/x release.yaml]
            serviceAccounts: [{namespace: kong, names: [default]}]
`;
    const outcome = await run({ objects: asDeclared() }, stackText({ usedBy }), 'retire', '--today', '2025-07-01');
    expect(outcome.code).toBe(1);
    expect(outcome.stdout).toContain('overdue by 16 days');
    expect(outcome.stdout).toContain(
      'stack.yaml: still used by ServiceAccount kong/default, workflow kong/x release.yaml',
    );
  });

  it('goes by names alone when a token has the same user', async () => {
    const { code, stdout } = await run({ objects: asDeclared() }, stackText({ account: 'kong' }), 'retire');
    expect(code).toBe(0);
    expect(stdout).toContain('a token has the same user: only by the name shared-account can one tell');
  });

  it('asks for what it needs, in one question each, and reads content of docker configurations only', async () => {
    const { asked } = await run({ objects: [] }, stackText(), 'retire', '--context', 'production');
    const begin = '--context production --namespace secured-mirror --request-timeout=30s get ';
    const lines = asked.map((args) => args.join(' '));
    expect(lines.filter((line) => !line.startsWith(begin))).toEqual([]);
    const reading = lines.filter((line) => line.includes('.data'));
    expect(reading.map((line) => line.replace(/ -o .*/, '').slice(begin.length)).sort()).toEqual([
      'secrets --all-namespaces --field-selector type=kubernetes.io/dockercfg',
      'secrets --all-namespaces --field-selector type=kubernetes.io/dockerconfigjson',
    ]);
    expect(lines.filter((line) => line.includes('get secrets') && !line.includes('--field-selector'))).toEqual([]);
    expect(lines).toHaveLength(14);
  });

  it.each([
    [
      'get secrets',
      'Error from server (Forbidden): secrets is forbidden: User "u" cannot list resource "secrets" in API group "" at the cluster scope',
      'secure-mirror: you have no right to "list" secrets in the cluster: ask for it, it is needed here\n',
    ],
    ['get secrets', `error: ${PLANTED}`, 'secure-mirror: kubectl could not read a Secret\n'],
    ['get pods', `error: the server doesn't have a resource type "pods"`, 'secure-mirror: the cluster knows no pods\n'],
  ])('could not ask: %s: %s', async (asked, says, message) => {
    const outcome = await run({ ...shared, refusals: [{ asked, says }] }, stackText(), 'retire');
    expect(outcome).toMatchObject({ code: 2, stdout: '', stderr: message });
  });
});
