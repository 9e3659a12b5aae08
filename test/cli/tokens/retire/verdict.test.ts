import { accountsOf, retireVerdict } from '../../../../src/cli/tokens/retire/verdict';
import type { Manifest } from '../../../support';
import { clusterOf, useOf } from '../use/facts';
import { ownedBy, pod, podOf, pullSecret, pulls, secret, serviceAccount, workload } from '../use/objects';
import { stackText } from '../use/stack';

/** The verdict on the one account of a stack. */
function verdictOf(objects: Manifest[], stack = stackText(), today = '2025-06-01') {
  const [account] = accountsOf(clusterOf(stack));
  if (account === undefined) throw new Error('no account');
  return retireVerdict(account, useOf(objects, stack), today, (namespace) => `kubectl -n ${namespace}`);
}

/** What is to be done in the one namespace: the command, else what it says. */
function next(objects: Manifest[], stack = stackText()): string[] {
  const { namespaces } = verdictOf(objects, stack);
  expect(namespaces.map(({ namespace }) => namespace)).toEqual(['apps']);
  return namespaces.flatMap(({ next }) => next.map(({ what, command }) => command ?? what));
}

const hub = { 'docker.io': 'teamaccount' };
const its = pullSecret('apps', 'shared-account', hub);
const other = pullSecret('apps', 'regcred', hub);

describe('the shared account', () => {
  it.each([
    ['https://index.docker.io/v1/', true],
    ['index.docker.io', true],
    ['registry-1.docker.io/v2/', true],
    ['docker.io/kong', true],
    ['*.io', true],
    ['quay.io', false],
  ])('is found by its user at %s: %s', (key, found) => {
    const { namespaces, gone } = verdictOf([pullSecret('apps', 'x', { [key]: 'teamaccount' })]);
    expect(namespaces.map(({ secrets }) => secrets.map(({ by }) => by))).toEqual(found ? [['user']] : []);
    expect(gone).toBe(!found);
  });

  it('is found in the old form, and by its name in any', () => {
    const old = secret('apps', 'old', 'kubernetes.io/dockercfg', {
      '.dockercfg': '{"docker.io":{"username":"teamaccount"}}',
    });
    const named = secret('apps', 'shared-account', 'Opaque', {});
    expect(verdictOf([old, named]).namespaces[0]?.secrets.map(({ name, by }) => [name, by])).toEqual([
      ['old', 'user'],
      ['shared-account', 'name'],
    ]);
  });

  it('goes from where new pods have it, then from pods, then from the cluster', () => {
    const web = workload('Deployment', 'apps', 'web', pulls('regcred'));
    const bare = workload('Deployment', 'apps', 'web', {});
    const running = podOf('web', 'apps', 'a', pulls('regcred'));
    const remove = 'kubectl -n apps delete secret/regcred';
    expect(next([other, web, running])).toEqual([expect.stringMatching(/^kubectl -n apps patch deployment\/web /)]);
    expect(next([other, bare, running])).toEqual(['kubectl -n apps rollout restart deployment/web']);
    expect(next([other, bare, podOf('web', 'apps', 'a', {})])).toEqual([remove]);
  });

  it('is deleted only where nothing names it', () => {
    expect(next([its, other, serviceAccount('apps', 'default', 'shared-account', 'mine')])).toEqual([
      expect.stringMatching(/^kubectl -n apps patch serviceaccount\/default .*"value":\[\{"name":"mine"\}\]\}\]'$/),
      'kubectl -n apps delete secret/regcred',
    ]);
    const readers = [
      pod('apps', 'p', { volumes: [{ name: 'v', projected: { sources: [{ secret: { name: 'regcred' } }] } }] }),
      workload('CronJob', 'apps', 'c', { containers: [{ name: 'c', envFrom: [{ secretRef: { name: 'regcred' } }] }] }),
      workload('Job', 'apps', 'j', pulls('regcred')),
      pod('apps', 'j-1', pulls('regcred'), ownedBy('Job', 'j')),
    ];
    for (const reader of readers) {
      const { namespaces } = verdictOf([other, reader]);
      const commands = namespaces.flatMap(({ next }) => next.map(({ command = '' }) => command));
      expect(commands.filter((command) => command.includes('secret/'))).toEqual([]);
      expect(namespaces[0]?.next).toHaveLength(1);
    }
  });

  it('is left in Secrets that hold other credentials, and where others make the Secret', () => {
    expect(next([pullSecret('apps', 'regcred', { ...hub, 'quay.io': 'x' })])).toEqual([
      'Secret apps/regcred holds other credentials too: make it anew without this account',
    ]);
    expect(next([pullSecret('apps', 'regcred', hub, ownedBy('ExternalSecret', 'a; b'))])).toEqual([
      "kubectl -n apps delete 'externalsecret/a; b'",
    ]);
    expect(next([pullSecret('apps', 'regcred', hub, ownedBy('--all', 'x'))])).toEqual([
      'nothing names Secret apps/regcred any more, but --all x makes it again: delete that',
    ]);
  });

  it('goes from lists of stack.yaml in stack.yaml', () => {
    const usedBy = `          usedBy:
            serviceAccounts: [{namespace: apps, names: [default]}]
`;
    const stack = stackText({ usedBy });
    const bound = stack.replace(
      'namespace: kong, serviceAccounts: [controller]',
      'namespace: apps, serviceAccounts: [default]',
    );
    const objects = [its, serviceAccount('apps', 'default', 'shared-account')];
    expect(next(objects, bound)[0]).toContain('has its list from stack.yaml: take shared-account out there');
    expect(next(objects, stack)[0]).toContain('patch serviceaccount/default');
  });

  it('is not in what names a Secret that is gone', () => {
    const { namespaces, dangling, gone } = verdictOf([
      serviceAccount('apps', 'default', 'shared-account'),
      pod('apps', 'p', pulls('shared-account')),
      pullSecret('elsewhere', 'mine', { 'docker.io': 'somebody' }),
    ]);
    expect({ namespaces, gone, dangling: dangling.length }).toEqual({ namespaces: [], gone: true, dangling: 2 });
    const one = verdictOf([other, serviceAccount('apps', 'default', 'shared-account', 'regcred')]);
    expect({ gone: one.gone, dangling: one.dangling }).toEqual({ gone: false, dangling: [] });
    expect(one.namespaces[0]?.serviceAccounts).toMatchObject([{ secrets: ['shared-account', 'regcred'], rest: [] }]);
  });

  it('is in use while stack.yaml says so, anywhere', () => {
    const previous = stackText().replace(
      '            owner: team\n',
      '            owner: team\n            previousSecret: shared-account\n',
    );
    const { gone, declared } = verdictOf([], previous);
    expect({ gone, declared }).toEqual({
      gone: false,
      declared: ['tokens[0].pull[0].previousSecret'],
    });
  });

  it.each([
    ['2025-06-14', 1],
    ['2025-06-15', 0],
    ['2025-06-16', -1],
  ])('has on %s %i days left', (today, daysLeft) => {
    expect(verdictOf([], stackText(), today)).toMatchObject({ daysLeft, lastDay: '2025-06-15' });
  });

  it('has until the day of its extension', () => {
    const usedBy = `          extension: {until: 2025-07-01, reason: one cluster is late}
`;
    expect(verdictOf([], stackText({ usedBy }), '2025-06-30')).toMatchObject({
      daysLeft: 1,
      lastDay: '2025-07-01',
      extended: { from: '2025-06-15', reason: 'one cluster is late' },
    });
  });

  it('cannot be told by its user when a token has the same', () => {
    const { byUser, namespaces } = verdictOf(
      [pullSecret('apps', 'x', { 'docker.io': 'kong' }), pullSecret('apps', 'shared-account', { 'docker.io': 'kong' })],
      stackText({ account: 'kong' }),
    );
    expect(byUser).toBe(false);
    expect(namespaces.flatMap(({ secrets }) => secrets.map(({ name, by }) => [name, by]))).toEqual([
      ['shared-account', 'name'],
    ]);
  });
});
