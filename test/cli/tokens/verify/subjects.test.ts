import { subjectsOf } from '../../../../src/cli/tokens/verify/subjects';
import type { OrganizationTokensProps } from '../../../../src/tokens/props/organization-tokens-props';
import { resolveTokens } from '../../../../src/tokens/resolve';

const token = (purpose: string, ...repositories: string[]) => ({ purpose, repositories, owner: 'team' });
const bindTo = [{ namespace: 'kong', serviceAccounts: ['controller'] }];
const kong: OrganizationTokensProps = {
  organization: 'kong',
  pull: [
    { ...token('release pull', 'kong/release', 'kong/base'), bindTo },
    { ...token('nightly pull', 'kong/nightly', 'kong/base'), bindTo, mirror: true, expires: '2026-01-01' },
  ],
  push: [{ ...token('release push', 'kong/release'), workload: { namespace: 'build', serviceAccount: 'builder' } }],
};
const elsewhere: OrganizationTokensProps = {
  organization: 'kong',
  registry: 'ghcr.io',
  push: [token('release push', 'kong/elsewhere')],
};

function subjects(tokens: OrganizationTokensProps[], ...purposes: string[]) {
  return subjectsOf(resolveTokens({ name: 'c', tokens }), purposes);
}

describe('what is declared', () => {
  it("is rights to a token's own repositories, and none to the others of the registry", () => {
    const { subjects: all, byProvider } = subjects([kong, elsewhere]);
    expect(byProvider).toEqual([]);
    expect(all.map(({ label, own, others, actions }) => [label, own, others, actions])).toEqual([
      ['release pull', ['kong/release', 'kong/base'], ['kong/nightly'], ['pull']],
      ['nightly pull', ['kong/nightly', 'kong/base'], ['kong/release'], ['pull']],
      ['release push (kong at docker.io)', ['kong/release'], ['kong/base', 'kong/nightly'], ['pull', 'push']],
      ['release push (kong at ghcr.io)', ['kong/elsewhere'], [], ['pull', 'push']],
    ]);
    expect(all.map(({ namespaces }) => namespaces)).toEqual([['kong'], ['kong', 'secured-mirror'], ['build'], []]);
    expect(all[1]).toMatchObject({ lastDay: '2026-01-01', secret: 'nightly-pull', user: 'kong' });
  });

  it('is of chosen tokens still none to the repositories of all others', () => {
    const { subjects: chosen } = subjects([kong], 'nightly pull');
    expect(chosen).toMatchObject([{ label: 'nightly pull', others: ['kong/release'] }]);
    expect(chosen).toHaveLength(1);
  });

  it('is of the shared account until its last day, at the repositories of the chosen tokens', () => {
    const usedBy = { serviceAccounts: [{ namespace: 'old', names: ['app'] }] };
    const extension = { until: '2025-07-01', reason: 'not all moved' };
    const sharedAccount = { user: 'team', secret: 'team', retireBy: '2025-06-15', usedBy };
    const of = (account: object) =>
      subjects([{ ...kong, sharedAccount: { ...sharedAccount, ...account } }, elsewhere], 'nightly pull');
    expect(of({}).subjects[1]).toEqual({
      kind: 'shared',
      label: 'shared account team',
      registry: 'docker.io',
      driver: 'docker-hub',
      organization: 'kong',
      user: 'team',
      own: ['kong/nightly', 'kong/base'],
      others: [],
      actions: [],
      secret: 'team',
      namespaces: ['kong', 'secured-mirror', 'build', 'old'],
      lastDay: '2025-06-15',
    });
    expect(of({ extension }).subjects[1]).toMatchObject({ lastDay: '2025-07-01' });
  });

  it('is refused when it is nothing', () => {
    expect(() => subjects([])).toThrow('cluster c declares no tokens: add "tokens" to it');
    expect(() => subjects([kong], 'daily', 'release pull')).toThrow(
      '--purpose: got "daily"; expected one of these: "release pull", "nightly pull", "release push"',
    );
  });
});
