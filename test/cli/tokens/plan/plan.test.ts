import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { githubRepositoryOf, githubSecretOf } from '../../../../src/cli/tokens/github-names';
import { planOf } from '../../../../src/cli/tokens/plan/plan';
import { folded } from '../../../../src/cli/tokens/plan/shell-commands';
import type { Plan, TokenPlan } from '../../../../src/cli/tokens/plan/types';
import { addDays, daysBetween } from '../../../../src/settings/calendar';
import { Spelling } from '../../../../src/stack/spelling';
import type { PullTokenProps } from '../../../../src/tokens/props/token-props';
import { resolveTokens } from '../../../../src/tokens/resolve';
import { example } from '../../../tokens/ledger/ledger-example';

const pullToken: PullTokenProps = {
  purpose: 'nightly pull',
  repositories: ['kong/nightly'],
  owner: 'team-k8s',
  created: '2025-05-20',
  bindTo: [{ namespace: 'ingress', serviceAccounts: ['controller'] }],
};

/** The plan of one token that pulls. */
function planned(props: Partial<PullTokenProps>, today: string, more: object = {}): TokenPlan {
  const tokens = [{ organization: 'kong', pull: [{ ...pullToken, ...props }], ...more }];
  const [plan] = planOf({ cluster: resolveTokens({ name: 'production', tokens }), today }).tokens;
  if (plan === undefined) throw new Error('no plan');
  return plan;
}

function days({ steps }: TokenPlan): (string | undefined)[] {
  return steps.map(({ day, until }) => until ?? day);
}

function text(plan: Plan | TokenPlan): string {
  return JSON.stringify(plan);
}

describe('the days of a rotation', () => {
  it('begin 14 days before the day on which the old one is revoked', () => {
    const plan = planned({}, '2025-06-01');
    expect(plan).toMatchObject({ state: 'later', due: '2025-08-18' });
    expect(days(plan)).toEqual([
      ...['2025-08-04', '2025-08-05', '2025-08-05', '2025-08-05'],
      ...['2025-08-18', '2025-08-18', '2025-08-19'],
    ]);
  });

  it('are told as due from then on, and as overdue after the day', () => {
    expect(planned({}, '2025-08-03').state).toBe('later');
    expect(planned({}, '2025-08-04').state).toBe('due');
    expect(planned({}, '2025-08-18').state).toBe('due');
    expect(planned({}, '2025-08-19')).toMatchObject({ state: 'overdue', daysOver: 1 });
  });

  it('of a late one begin today and still wait for a refresh', () => {
    const plan = planned({ externalSecret: { store: 'vault', key: 'k', refreshInterval: '72h' } }, '2025-09-01');
    expect(days(plan)).toEqual([
      ...['2025-09-01', '2025-09-01', '2025-09-01', '2025-09-01'],
      ...['2025-09-05', '2025-09-05', '2025-09-06'],
    ]);
  });

  it('are never in the past nor out of order, and leave a refresh between new and old', () => {
    const offset = fc.integer({ min: -400, max: 400 });
    const hours = fc.integer({ min: 1, max: 999 });
    const life = fc.option(fc.integer({ min: 1, max: 365 }), { nil: undefined });
    fc.assert(
      fc.property(offset, hours, life, fc.integer({ min: 1, max: 400 }), (from, refresh, days, rotateEveryDays) => {
        const today = addDays('2025-05-20', from);
        const expires = days === undefined ? undefined : addDays('2025-05-20', days);
        const externalSecret = { store: 'vault', key: 'k', refreshInterval: `${refresh}h` };
        const { steps } = planned({ expires, rotateEveryDays, externalSecret }, today);
        const all = steps.map(({ day = '' }) => day);
        expect(all).toEqual([...all].sort());
        expect(all.every((day) => day >= today)).toBe(true);
        expect(daysBetween(all[3] ?? '', all[5] ?? '') * 24).toBeGreaterThanOrEqual(refresh);
      }),
    );
  });

  it('are counted from when the new one was made while both are in use', () => {
    const plan = planned({ previousSecret: 'nightly-old' }, '2025-05-25');
    expect(plan).toMatchObject({ state: 'running', due: '2025-06-03' });
    expect(plan.steps.map(({ step, name }) => `${step} ${name}`)).toEqual([
      '4 verify',
      '5 wait',
      '6 revoke',
      '7 delete',
    ]);
    expect(planned({ previousSecret: 'nightly-old' }, '2025-06-04').state).toBe('overdue');
  });

  it('are not known without created and expires, and not needed where a credential provider brings it', () => {
    const unplanned = planned({ created: undefined }, '2025-06-01');
    expect(unplanned.state).toBe('unplanned');
    expect(days(unplanned).every((day) => day === undefined)).toBe(true);
    expect(planned({ credentialProvider: 'ecr' }, '2025-06-01')).toMatchObject({ state: 'provided', steps: [] });
  });
});

describe('a plan', () => {
  it('has the overdue ones first, and is not fine with them', () => {
    const plan = planOf({ cluster: resolveTokens(example), today: '2025-08-19' });
    expect(plan.tokens.map(({ purpose, state }) => `${state}: ${purpose}`)).toEqual([
      'overdue: nightly-ingress-controller pull',
      'overdue: kubernetes-ingress-controller pull',
      'overdue: kubernetes-ingress-controller push',
      'unplanned: nightly-ingress-controller push',
    ]);
    expect(plan.ok).toBe(false);
    expect(planOf({ cluster: resolveTokens(example), today: '2025-05-21' }).ok).toBe(true);
  });

  it('counts the quota: four purposes doubled are 8 of 10, and a second product does not fit', () => {
    const [quota] = planOf({ cluster: resolveTokens(example), today: '2025-05-21' }).quotas;
    expect(quota).toMatchObject({ now: 5, replacedAtOnce: 4, peak: 8, limit: 10, fits: true });
    const [kong] = example.tokens ?? [];
    const tokens = [{ ...kong, organization: 'kong', quota: { plan: 'team' as const, others: 4 } }];
    const plan = planOf({ cluster: resolveTokens({ ...example, tokens }), today: '2025-05-21' });
    expect(plan.quotas[0]).toMatchObject({ now: 9, peak: 12, fits: false });
    expect(plan.ok).toBe(false);
  });

  it('gives label, rights and expiry of the new one, which then has its next rotation in time', () => {
    const [step] = planned({}, '2025-06-01').steps;
    expect(step?.who).toBe('team-k8s, with an owner of the organisation kong');
    expect(step?.what.join(' ')).toContain('the label "nightly pull", expires on 2025-11-16');
    expect(step?.what.join(' ')).toContain('Rights: image pull on kong/nightly.');
  });

  it('hands over to pods with the old Secret kept, proved first', () => {
    const step = planned({ mirror: true }, '2025-06-01').steps[1];
    expect(step?.commands).toMatchSnapshot();
  });

  it('hands over by the store, by GitHub, and to developers', () => {
    const externalSecret = { store: 'vault', key: 'registry/nightly', refreshInterval: '1h' };
    const usedBy = { workflows: ['Kong/controller test.yaml', 'jenkins'], developers: ['alice'] };
    const { steps } = planned({ externalSecret, usedBy }, '2025-06-01');
    const handOver = JSON.stringify(steps[1]);
    expect(handOver).toContain('Write the value to registry/nightly, property token, of SecretStore vault');
    expect(handOver).toContain('gh secret set NIGHTLY_PULL --repo Kong/controller <new-tokens/nightly-pull');
    expect(handOver).toContain('gh secret set NIGHTLY_PULL <new-tokens/nightly-pull');
    expect(handOver).toContain("tokens docker-config --purpose 'nightly pull'");
    expect(handOver).not.toContain('--output');
    expect(JSON.stringify(steps[4])).toContain('a refresh of the store, 1h');
  });

  it('puts a token that pushes behind an environment, and gives it to no developer', () => {
    const tokens = [
      {
        organization: 'kong',
        push: [{ ...pullToken, purpose: 'nightly push', usedBy: { workflows: ['a/b c.yaml'], developers: ['alice'] } }],
      },
    ];
    const plan = planOf({ cluster: resolveTokens({ name: 'production', tokens }), today: '2025-06-01' });
    expect(text(plan)).toContain('gh secret set NIGHTLY_PUSH --repo a/b --env nightly-push <new-tokens/nightly-push');
    expect(text(plan)).not.toContain('Give it to alice');
    expect(text(plan)).not.toContain('docker-config');
    expect(text(plan)).not.toContain('previousSecret');
  });

  it('ends with the shared account as a whole where that is what is replaced', () => {
    const sharedAccount = { user: 'kongbot', secret: 'shared', retireBy: '2025-06-15' };
    const plan = planned({ previousSecret: 'shared' }, '2025-05-25', { sharedAccount });
    expect(text(plan)).toContain('the shared account kongbot: it ends as a whole, by 2025-06-15');
    expect(text(plan)).toContain('secure-mirror tokens retire');
    expect(text(plan)).not.toContain('delete secret');
    expect(text(plan)).not.toContain('Deactivate');
    const tokens = [{ organization: 'kong', pull: [{ ...pullToken, previousSecret: 'shared' }], sharedAccount }];
    const [quota] = planOf({ cluster: resolveTokens({ name: 'production', tokens }), today: '2025-05-25' }).quotas;
    expect(quota).toMatchObject({ now: 1, peak: 2 });
  });

  it.each([
    ['ghcr.io', 'Tokens (classic)', 'cannot be held to repositories'],
    ['quay.io', 'robot accounts of kong', 'Make another robot account'],
    ['codeberg.org', 'At codeberg.org as kong', 'reaches all packages of its user'],
    ['registry.gitlab.com', 'Deploy tokens', 'read_registry (and write_registry)'],
    ['registry.example.com', 'At registry.example.com, among the tokens of kong', 'no others'],
  ])('knows the ways of %s', (registry, place, making) => {
    const [step] = planned({}, '2025-06-01', { registry }).steps;
    expect(step?.what.join(' ')).toContain(place);
    expect(step?.what.join(' ')).toContain(making);
  });

  it('warns that the old one may expire first', () => {
    expect(planned({ expires: '2025-06-20' }, '2025-06-20').notes).toEqual([
      'The old one works until 2025-06-20 and no longer: be done with step 4 by then.',
    ]);
    expect(planned({ expires: '2025-06-20' }, '2025-06-21').notes[0]).toMatch(/^It expired on 2025-06-20: /);
  });
});

describe('commands of a plan', () => {
  it('are what a shell takes, whatever the names', () => {
    const cluster = resolveTokens({ ...example, name: 'production' });
    const plan = planOf({
      cluster,
      today: '2025-06-01',
      spelling: new Spelling(undefined, { file: "it's here; $(id).yaml" }),
    });
    const commands = plan.tokens.flatMap(({ steps }) => steps.flatMap((step) => step.commands));
    expect(commands.length).toBeGreaterThan(20);
    execFileSync('bash', ['-n'], { input: commands.join('\n') });
  });

  it('name secrets and repositories as GitHub does', () => {
    expect(githubSecretOf({ purpose: 'nightly-ingress-controller pull' })).toBe('NIGHTLY_INGRESS_CONTROLLER_PULL');
    expect(githubSecretOf({ purpose: '2nd pull' })).toBe('TOKEN_2ND_PULL');
    expect(githubSecretOf({ purpose: 'github pull' })).toBe('TOKEN_GITHUB_PULL');
    expect(githubRepositoryOf('Kong/kubernetes-ingress-controller release.yaml')).toBe(
      'Kong/kubernetes-ingress-controller',
    );
    expect(githubRepositoryOf('Kong/a;id release.yaml')).toBeUndefined();
    expect(githubRepositoryOf('jenkins')).toBeUndefined();
  });

  it('are folded when they are long', () => {
    expect(folded('a', 'b')).toBe('a b');
    expect(folded('a'.repeat(60), 'b'.repeat(60))).toContain(' \\\n  ');
  });
});
