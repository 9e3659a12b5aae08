import { App, Chart } from 'cdk8s';
import { formatProblem } from '../../../src/settings/rule-problem';
import { checkSecuredStack } from '../../../src/stack/check-secured-stack';
import type { SecuredStackProps } from '../../../src/stack/secured-stack-props';
import { OrganizationTokens } from '../../../src/tokens/constructs/organization-tokens';
import type { PullToken } from '../../../src/tokens/constructs/pull-token';
import type { OrganizationTokensProps } from '../../../src/tokens/props/organization-tokens-props';
import type { PullTokenProps, PushTokenProps } from '../../../src/tokens/props/token-props';

const right: SecuredStackProps = {
  name: 'one',
  registries: ['docker.io'],
  authentication: { mutualTls: { issuer: { caSecret: 'mirror-ca' } } },
  today: '2025-06-01',
};
const bound = { bindTo: [{ namespace: 'kong', serviceAccounts: ['default'] }] };
const pullToken: PullTokenProps = { purpose: 'app pull', repositories: ['kong/app'], owner: 'team', ...bound };
const pushToken: PushTokenProps = { purpose: 'app push', repositories: ['kong/app'], owner: 'team' };
const account = { user: 'kongteam', secret: 'shared', retireBy: '2025-06-15' };

function problemsOf(tokens: object[], settings: object = {}): string[] {
  return checkSecuredStack({ ...right, ...settings, tokens: tokens as OrganizationTokensProps[] }).map(formatProblem);
}
const ofOrganization = (settings: object) => problemsOf([{ organization: 'kong', pull: [pullToken], ...settings }]);
const ofPull = (settings: object, organization: object = {}) =>
  ofOrganization({ pull: [{ ...pullToken, ...settings }], ...organization });
const ofPush = (settings: object) => ofOrganization({ push: [{ ...pushToken, ...settings }] });
const PULL = 'tokens[0].pull[0]';
const PUSH = 'tokens[0].push[0]';

it('finds nothing wrong with tokens of every kind', () => {
  expect(ofOrganization({ push: [pushToken], sharedAccount: account, quota: { plan: 'team' } })).toEqual([]);
});

it.each<[string, object, string]>([
  [
    'a purpose that pushes',
    { purpose: 'app push' },
    `${PULL}.purpose: got "app push"; its purpose says push; a token that pushes is never an imagePullSecret: put it under push`,
  ],
  [
    'a repository with its registry',
    { repositories: ['docker.io/kong/app'] },
    `${PULL}.repositories[0]: got "docker.io/kong/app"; a repository is named without its registry: write kong/app`,
  ],
  [
    'all repositories',
    { repositories: ['kong/*'] },
    `${PULL}.repositories[0]: got "kong/*"; each repository is named: a token for all of them is what this takes the place of`,
  ],
  [
    'a repository with a tag',
    { repositories: ['kong/app:1'] },
    `${PULL}.repositories[0]: got "kong/app:1"; expected a repository in lower case, without tag or digest: write kong/app`,
  ],
  [
    'a repository twice',
    { repositories: ['kong/app', 'kong/app'] },
    `${PULL}.repositories[1]: got "kong/app"; it is in the list already, as repositories[0]`,
  ],
  ['no repository', { repositories: [] }, `${PULL}.repositories: got an empty list; expected at least one item`],
  ['a day that is none', { expires: '2025-02-30' }, `${PULL}.expires: got "2025-02-30"; there is no such day`],
  [
    'a time',
    { expires: '2025-02-03T10:00:00Z' },
    `${PULL}.expires: got "2025-02-03T10:00:00Z"; expected a day, such as 2025-06-15`,
  ],
  [
    'an end before the beginning',
    { created: '2025-06-01', expires: '2025-06-01' },
    `${PULL}.expires: got "2025-06-01"; it is not after created, 2025-06-01`,
  ],
  [
    'a life beyond what Docker gives',
    { created: '2025-06-01', expires: '2026-07-01' },
    `${PULL}.expires: got "2026-07-01"; tokens of Docker live a year at most, or for ever: it was created on 2025-06-01`,
  ],
  [
    'everybody as a holder',
    { holders: [{ kind: 'Group', name: 'system:authenticated' }] },
    `${PULL}.holders[0].name: got "system:authenticated"; a holder is somebody by name, and this is everybody, or may read all Secrets anyway`,
  ],
  [
    'a user with a namespace',
    { holders: [{ kind: 'User', name: 'jane', namespace: 'kong' }] },
    `${PULL}.holders[0].namespace: only a ServiceAccount has a namespace: leave it out`,
  ],
  [
    'a ServiceAccount as a holder that cannot be',
    { holders: [{ kind: 'ServiceAccount', name: 'A B' }] },
    `${PULL}.holders[0].name: got "A B"; expected the name of a ServiceAccount, such as default`,
  ],
  [
    'a workflow without a name',
    { usedBy: { workflows: ['a/b c.yaml', ''] } },
    `${PULL}.usedBy.workflows[1]: got ""; expected a workflow, such as Kong/kubernetes-ingress-controller release.yaml`,
  ],
  [
    'a developer without a name',
    { usedBy: { developers: [' '] } },
    `${PULL}.usedBy.developers[0]: got " "; expected a name or a team`,
  ],
  [
    "the mirror's namespace",
    { bindTo: [{ namespace: 'secured-mirror', serviceAccounts: ['mirror'] }] },
    `${PULL}.bindTo[0].namespace: got "secured-mirror"; for the mirror's own pods write mirror: true instead`,
  ],
  [
    'a ServiceAccount that cannot be',
    { bindTo: [{ namespace: 'kong', serviceAccounts: ['Kong'] }] },
    `${PULL}.bindTo[0].serviceAccounts[0]: got "Kong"; expected the name of a ServiceAccount, such as default`,
  ],
  [
    'a provider beside a Secret',
    { credentialProvider: 'ecr', secret: 'app' },
    `${PULL}.secret: a credential provider brings the credential, so there is no Secret: keep one`,
  ],
  [
    'a provider in pods',
    { credentialProvider: 'ecr', bindTo: [{ namespace: 'kong', serviceAccounts: ['a'], inject: true }] },
    `${PULL}.bindTo[0].inject: got true; a credential provider needs no Secret in pods: leave it out`,
  ],
  [
    'holders of a Secret that is nowhere',
    { bindTo: [], holders: [{ kind: 'User', name: 'jane' }] },
    `${PULL}.holders: no pods pull with this token here, so it has no Secret: fill bindTo, or leave it out`,
  ],
  [
    "a Secret of the mirror's",
    { secret: 'mirror-credential' },
    `${PULL}.secret: got "mirror-credential"; this is the Secret of the mirror's own credential, with which images can be read: name another`,
  ],
  [
    'a token as its user',
    { user: 'a:b' },
    `${PULL}.user: got "a:b"; expected a user name, without spaces, ':', '{', '}' and '"'`,
  ],
  [
    'a pasted token',
    { secret: 'dckr_oat_abcdefghijkl' },
    `${PULL}.secret: got (hidden); expected a DNS name in lower case, and this may be the secret itself: a secret is named here, never pasted; if this was committed or shared, take the value for leaked and replace it`,
  ],
])('fails with %s', (_, settings, problem) => {
  expect(ofPull(settings)).toEqual([problem]);
});

it.each<[string, object, string[]]>([
  [
    'a purpose that pulls',
    { purpose: 'app-x pull' },
    [`${PUSH}.purpose: got "app-x pull"; its purpose says pull; a token that only pulls is under pull`],
  ],
  [
    'a purpose that another has',
    { purpose: 'app pull' },
    [
      `${PUSH}.purpose: got "app pull"; its purpose says pull; a token that only pulls is under pull`,
      `${PUSH}.purpose: got "app pull"; another token has this purpose: each token has one of its own`,
    ],
  ],
  [
    'holders without a workload',
    { holders: [{ kind: 'User', name: 'jane' }] },
    [`${PUSH}.holders: this token is for CI only, and has no Secret here: name a workload, or leave it out`],
  ],
  [
    'the Secret of a pull token',
    { secret: 'app-pull' },
    [`${PUSH}.secret: got "app-pull"; this is the Secret of the token "app pull": name another`],
  ],
])('fails with a push token with %s', (_, settings, problems) => {
  expect(ofPush(settings)).toEqual(problems);
});

it('fails with a push token among those that pull, as its pods are not said', () => {
  // @ts-expect-error a push token is no pull token
  const wrong: PullTokenProps = pushToken;
  expect(wrong).not.toHaveProperty('bindTo');
  const { pull, push } = new OrganizationTokens(new Chart(new App(), 'test'), 'tokens', {
    organization: 'kong',
    pull: [pullToken],
    push: [pushToken],
  });
  // @ts-expect-error nor is its construct
  const construct: PullToken | undefined = push[0];
  expect([pull[0]?.imagePullSecret, construct]).toEqual(['app-pull', push[0]]);
});

it('fails with the Secret of a push token among the pull secrets of the mirror', () => {
  expect(problemsOf([{ organization: 'kong', push: [pushToken] }], { imagePullSecrets: ['app-push'] })).toEqual([
    'imagePullSecrets[0]: got "app-push"; this is the Secret of the token "app push", with which one can push: name the Secret of a token that only pulls',
  ]);
});

it('fails with a registry whose credentials live for hours, without a provider', () => {
  expect(ofPull({}, { registry: '1.dkr.ecr.eu-west-1.amazonaws.com' })).toEqual([
    `${PULL}.credentialProvider: missing; credentials of ecr live for hours: name the kubelet's credential provider that fetches them`,
  ]);
});

it('fails with a purpose that a token of another organisation has, as both would have one Secret', () => {
  const another = { organization: 'kong', registry: 'ghcr.io', push: [{ ...pushToken, user: 'robot' }] };
  expect(problemsOf([{ organization: 'kong', pull: [pullToken], push: [pushToken] }, another])).toEqual([
    'tokens[1].push[0].purpose: got "app push"; another token has this purpose: each token has one of its own',
  ]);
});

it('fails with uses of a shared account that name nothing, or the same', () => {
  const usedBy = { workflows: ['a', 'a'], developers: [''] };
  expect(ofOrganization({ sharedAccount: { ...account, usedBy } })).toEqual([
    'tokens[0].sharedAccount.usedBy.workflows[1]: got "a"; it is in the list already, as workflows[0]',
    'tokens[0].sharedAccount.usedBy.developers[0]: got ""; expected a name or a team',
  ]);
});

it('fails with an organisation twice, under any name of Docker Hub', () => {
  const again = { organization: 'kong', registry: 'index.docker.io' };
  expect(problemsOf([{ organization: 'kong', pull: [pullToken] }, again])).toEqual([
    'tokens[1].organization: got "kong"; its tokens at docker.io are in tokens[0] already: put them together',
  ]);
});

describe('the quota', () => {
  const purposes = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ ...pullToken, purpose: `app-${index} pull` }));
  const ofQuota = (count: number, quota: object) => ofOrganization({ pull: purposes(count), quota });

  it('holds four purposes, each twice', () => {
    expect(ofQuota(4, { plan: 'team' })).toEqual([]);
    expect(ofQuota(5, { plan: 'team' })).toEqual([]);
  });

  it('fails with a second product on the plan of a team', () => {
    expect(ofQuota(8, { plan: 'team' })).toEqual([
      'tokens[0].quota: got "team"; 8 tokens, 8 of them twice while they are replaced: that is 16, and the organisation may have 10 ' +
        '(expired and deactivated ones use a place until they are deleted): set replacedAtOnce to at most 2, delete tokens at the registry, or take a larger plan',
    ]);
    expect(ofQuota(8, { plan: 'team', replacedAtOnce: 2 })).toEqual([]);
    expect(ofQuota(8, { plan: 'business' })).toEqual([]);
  });

  it('counts what others have', () => {
    expect(ofQuota(4, { limit: 8, others: 4 })).toEqual([
      'tokens[0].quota: got 8; 4 tokens, 4 of them twice while they are replaced, 4 others: that is 12, and the organisation may have 8 ' +
        '(expired and deactivated ones use a place until they are deleted): delete tokens at the registry, or take a larger plan',
    ]);
  });

  it('fails with a plan and a limit', () => {
    expect(ofQuota(1, { plan: 'team', limit: 8 })).toEqual([
      'tokens[0].quota: plan and limit contradict each other: keep one',
    ]);
  });
});
