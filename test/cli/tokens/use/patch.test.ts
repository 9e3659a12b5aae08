import fc from 'fast-check';
import { accountsOf, retireVerdict } from '../../../../src/cli/tokens/retire/verdict';
import type { Manifest } from '../../../support';
import { patched } from '../json-patch';
import { asDeclared, NIGHTLY, RELEASE } from './cluster';
import { clusterOf, findingsOf, useOf } from './facts';
import { pullSecret, pulls, serviceAccount, workload } from './objects';
import { stackText } from './stack';

const SPARED = stackText().replaceAll(
  '[{namespace: kong, serviceAccounts: [controller]}]',
  '[{namespace: kong, serviceAccounts: [controller], apply: false}]',
);
const DOCKERCFG = 'controller-dockercfg-x7k2p';

/** The declared cluster, with a ServiceAccount that has a list. */
function withAccount(account: Manifest): Manifest[] {
  return [
    ...asDeclared().filter(({ kind, metadata }) => kind !== account.kind || metadata.name !== 'controller'),
    account,
  ];
}

function patchOf(account: Manifest): string {
  const finding = findingsOf(withAccount(account), SPARED).find(({ code }) => code === 'not-listed');
  return finding?.fix ?? '';
}

describe("drift's patch of a ServiceAccount", () => {
  it('puts the tokens first, in their order, and keeps all that others put there', () => {
    const name = fc.constantFrom(RELEASE, DOCKERCFG, 'regcred', 'shared-account', 'a b', '');
    fc.assert(
      fc.property(fc.array(name), (list) => {
        const account = serviceAccount('kong', 'controller', ...list);
        account.imagePullSecrets = list.map((name) => (name === '' ? {} : { name }));
        const after = patched(patchOf(account), account).imagePullSecrets.map(({ name }: Manifest) => name);
        const others = list.filter((name) => name !== '' && name !== RELEASE);
        expect(after).toEqual([RELEASE, NIGHTLY, ...new Set(others)]);
      }),
      { numRuns: 25 },
    );
  });

  it('makes a list where there is none, and only there', () => {
    const account = serviceAccount('kong', 'controller');
    delete account.imagePullSecrets;
    const command = patchOf(account);
    expect(patched(command, account).imagePullSecrets).toEqual([{ name: RELEASE }, { name: NIGHTLY }]);
    expect(() => patched(command, serviceAccount('kong', 'controller', DOCKERCFG))).toThrow('testing value');
  });

  it('does nothing where somebody changed the list since', () => {
    const command = patchOf(serviceAccount('kong', 'controller', RELEASE));
    expect(() => patched(command, serviceAccount('kong', 'controller', RELEASE, DOCKERCFG))).toThrow('testing value');
  });
});

describe('an apply that takes Secrets of others off a list', () => {
  const account = serviceAccount('kong', 'controller', 'regcred', DOCKERCFG, 'shared-account', RELEASE);
  const finding = findingsOf(withAccount(account)).find(({ code }) => code === 'takes-away');

  it('is told before, each by its name and with its owner', () => {
    expect(finding).toEqual({
      level: 'warning',
      code: 'takes-away',
      subject: 'ServiceAccount kong/controller',
      message:
        'applying stack.yaml sets its whole list, which takes these off it: regcred (not in stack.yaml, and there is no such pull Secret), ' +
        `${DOCKERCFG} (OpenShift's, for the registry of the cluster), shared-account (the Secret of the shared account)`,
      fix: 'say apply: false at its bindTo; then drift prints how to set its list, and keeps these. Apply only if its pods need none of them any more',
      takesAway: ['regcred', DOCKERCFG, 'shared-account'],
    });
  });

  it('names all, however many', () => {
    const many = Array.from({ length: 30 }, (_, index) => `regcred-${index}`);
    const [told] = findingsOf(withAccount(serviceAccount('kong', 'controller', RELEASE, NIGHTLY, ...many)));
    expect(told?.takesAway).toEqual(many);
    for (const name of many) expect(told?.message).toContain(`${name} (`);
  });

  it('is never advised where the list lacks a token', () => {
    const fix = findingsOf(withAccount(account)).find(({ code }) => code === 'not-listed')?.fix;
    expect(fix).toMatch(/^say apply: false/);
  });

  it('is no concern where others set the list, or it holds no others', () => {
    const codes = (list: string[], stack?: string) =>
      findingsOf(withAccount(serviceAccount('kong', 'controller', ...list)), stack).map(({ code }) => code);
    expect(codes([RELEASE, NIGHTLY, DOCKERCFG], SPARED)).toEqual([]);
    expect(codes([NIGHTLY, RELEASE])).toEqual([]);
  });
});

describe("retire's patches", () => {
  const next = (objects: Manifest[], stack = stackText()) => {
    const [account] = accountsOf(clusterOf(stack));
    if (account === undefined) throw new Error('no account');
    const verdict = retireVerdict(account, useOf(objects, stack), '2025-06-01', () => 'kubectl');
    return verdict.namespaces.flatMap(({ next }) => next);
  };
  const its = pullSecret('apps', 'shared-account', { 'docker.io': 'teamaccount' });
  const templateOf = ({ spec }: Manifest): Manifest => (spec.jobTemplate?.spec ?? spec).template;

  it.each(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'])('take the account alone out of a %s', (kind) => {
    const user = workload(kind, 'apps', 'web', pulls('regcred', 'shared-account', 'regcred'));
    const [{ command = '' } = {}] = next([its, user]);
    expect(templateOf(patched(command, user)).spec.imagePullSecrets).toEqual([{ name: 'regcred' }]);
    const changed = workload(kind, 'apps', 'web', pulls('regcred', 'shared-account', 'new'));
    expect(() => patched(command, changed)).toThrow('testing value');
  });

  it('leave no list where nothing remains', () => {
    const user = serviceAccount('apps', 'default', 'shared-account');
    const [{ command = '' } = {}] = next([its, user]);
    expect(patched(command, user)).not.toHaveProperty('imagePullSecrets');
  });

  it('give way to stack.yaml where that sets the list, and say what an apply takes away besides', () => {
    const stack = stackText().replaceAll('namespace: kong', 'namespace: apps');
    const list = ['shared-account', RELEASE, NIGHTLY, 'controller-dockercfg-x7k2p'];
    const [step] = next([its, serviceAccount('apps', 'controller', ...list)], stack);
    expect(step?.command).toBeUndefined();
    expect(step?.what).toMatch(
      /and apply it; that takes controller-dockercfg-x7k2p off the list too, unless you say apply: false$/,
    );
    const [only] = next([its, serviceAccount('apps', 'controller', ...list.slice(0, -1))], stack);
    expect(only?.what).toMatch(/and apply it$/);
  });
});
