import type { ClusterProps } from '../../../src/stack/cluster-props';
import { readStackFile } from '../../../src/stack/reader';
import type { SecuredStackProps } from '../../../src/stack/secured-stack-props';
import { IngressControllerTokens } from '../../../src/tokens/constructs/ingress-controller-tokens';
import { configKeys } from '../../../src/tokens/model/registries';
import type { OrganizationTokensProps } from '../../../src/tokens/props/organization-tokens-props';
import { resolveTokens } from '../../../src/tokens/resolve';
import { kind, type Manifest, minimal, objectsOf, podOf, tokens, variants } from '../../support';

const objects = objectsOf(variants.tokens ?? minimal);
const placed = (name: string) => kind(objects, name).filter(({ metadata }) => metadata.name !== 'mirror');

describe('the tokens', () => {
  it('are these for the four purposes, with their names', () => {
    const four = resolveTokens({ name: 'c', tokens }).tokens.filter(({ organization }) => organization === 'kong');
    expect(four.map(({ kind, purpose, secret, user, actions }) => [kind, purpose, secret, user, actions])).toEqual([
      ['pull', 'kubernetes-ingress-controller pull', 'kubernetes-ingress-controller-pull', 'kong', ['pull']],
      ['pull', 'nightly-ingress-controller pull', 'nightly-ingress-controller-pull', 'kong', ['pull']],
      [
        'push',
        'kubernetes-ingress-controller push',
        'kubernetes-ingress-controller-push',
        'kong',
        ['pull', 'push', 'delete'],
      ],
      ['push', 'nightly-ingress-controller push', 'nightly-ingress-controller-push', 'kong', ['pull', 'push']],
    ]);
  });

  it('have the users of their kind of registry', () => {
    const user = (registry: string) =>
      resolveTokens({
        name: 'c',
        tokens: [
          {
            organization: 'acme',
            registry,
            pull: [{ purpose: 'my-app pull', repositories: ['a/b'], owner: 'x', bindTo: [] }],
          },
        ],
      }).tokens[0]?.user;
    expect(user('registry-1.docker.io')).toBe('acme');
    expect(user('ghcr.io')).toBe('acme');
    expect(user('quay.io')).toBe('acme+my_app_pull');
    expect(user('codeberg.org')).toBe('acme');
    expect(user('registry.gitlab.com')).toBe('my-app-pull');
    expect(resolveTokens({ name: 'c', tokens }).tokens.find(({ driver }) => driver === 'harbor')?.user).toBe(
      'robot$acme+tools-pull',
    );
  });

  it('give ServiceAccounts all their Secrets: new ones, then those they take the place of, then the shared one', () => {
    expect(resolveTokens({ name: 'c', tokens }).serviceAccounts).toEqual([
      {
        namespace: 'kong',
        name: 'kong-controller',
        secrets: ['kubernetes-ingress-controller-pull', 'nightly-ingress-controller-pull', 'release-pull-old'],
        applied: true,
        injected: true,
      },
      {
        namespace: 'kong',
        name: 'kong-gateway',
        secrets: ['kubernetes-ingress-controller-pull', 'release-pull-old', 'shared-registry-account'],
        applied: true,
        injected: false,
      },
      {
        namespace: 'nightly',
        name: 'default',
        secrets: ['nightly-ingress-controller-pull'],
        applied: true,
        injected: false,
      },
      { namespace: 'legacy', name: 'default', secrets: ['shared-registry-account'], applied: false, injected: false },
    ]);
    expect(kind(objects, 'ServiceAccount').filter(({ metadata }) => metadata.name !== 'mirror')).toMatchSnapshot();
  });

  it('leave everything else of a ServiceAccount to its maker, but for what keeps other tools from deleting it', () => {
    for (const account of placed('ServiceAccount')) {
      expect(Object.keys(account).sort()).toEqual(['apiVersion', 'imagePullSecrets', 'kind', 'metadata']);
      expect(Object.keys(account.metadata).sort()).toEqual(['annotations', 'name', 'namespace']);
      expect(account.metadata.annotations).toEqual({
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
        'kustomize.toolkit.fluxcd.io/prune': 'disabled',
        'helm.sh/resource-policy': 'keep',
      });
    }
  });

  it('leave a ServiceAccount alone whose list others set, and one that only has the shared account', () => {
    const bindTo = [{ namespace: 'kong', serviceAccounts: ['a', 'b'] }];
    const other = { purpose: 'two pull', repositories: ['kong/two'], owner: 'x' };
    const two: OrganizationTokensProps = {
      organization: 'kong',
      pull: [
        { purpose: 'one pull', repositories: ['kong/one'], owner: 'x', bindTo },
        { ...other, bindTo: [{ namespace: 'kong', serviceAccounts: ['b'], apply: false, inject: true }] },
      ],
      sharedAccount: {
        user: 'team',
        secret: 'old',
        retireBy: '2999-01-01',
        usedBy: { serviceAccounts: [{ namespace: 'kong', names: ['a', 'c'] }] },
      },
    };
    expect(resolveTokens({ name: 'c', tokens: [two] }).serviceAccounts).toEqual([
      { namespace: 'kong', name: 'a', secrets: ['one-pull', 'old'], applied: true, injected: false },
      { namespace: 'kong', name: 'b', secrets: ['one-pull', 'two-pull'], applied: false, injected: true },
      { namespace: 'kong', name: 'c', secrets: ['old'], applied: false, injected: false },
    ]);
    const made = objectsOf({ ...minimal, tokens: [two] });
    expect(kind(made, 'ServiceAccount').map(({ metadata }) => metadata.name)).toEqual(['mirror', 'a']);
    expect(kind(made, 'MutatingAdmissionPolicy').map(({ metadata }) => metadata.name)).toEqual([
      'secured-mirror-pull-secrets.kong.b',
    ]);
  });

  it('leave all ServiceAccounts to their owners where the cluster says so, but for a binding that says otherwise', () => {
    const token = { purpose: 'one pull', repositories: ['kong/one'], owner: 'x' };
    const bindTo = [
      { namespace: 'kong', serviceAccounts: ['a', 'b'] },
      { namespace: 'shop', serviceAccounts: ['c'], apply: true },
    ];
    const settings = { ...minimal, tokens: [{ organization: 'kong', pull: [{ ...token, bindTo }] }] };
    const accounts = (props: SecuredStackProps) =>
      kind(objectsOf(props), 'ServiceAccount').map(({ metadata }) => metadata.name);
    expect(accounts(settings)).toEqual(['mirror', 'a', 'b', 'c']);
    expect(accounts({ ...settings, serviceAccounts: {} })).toEqual(['mirror', 'a', 'b', 'c']);
    expect(accounts({ ...settings, serviceAccounts: { apply: false } })).toEqual(['mirror', 'c']);
  });

  it("are used for the mirror's own pods where that is said", () => {
    expect(resolveTokens({ name: 'c', tokens }).mirrorPullSecrets).toEqual([
      'kubernetes-ingress-controller-pull',
      'tools-pull',
      'release-pull-old',
    ]);
    const names = ['pull', 'kubernetes-ingress-controller-pull', 'tools-pull', 'release-pull-old'];
    expect(podOf(objects).imagePullSecrets).toEqual(names.map((name) => ({ name })));
  });

  it('are read by their holders alone', () => {
    expect(
      [...placed('Role'), ...placed('RoleBinding')].filter(({ metadata }) => metadata.namespace !== 'secured-mirror'),
    ).toMatchSnapshot();
  });

  it('come from the store as a dockerconfigjson whose keys have the repository', () => {
    const [external] = placed('ExternalSecret').filter(({ metadata }) => metadata.namespace === 'nightly');
    expect(external).toMatchSnapshot();
  });

  it('that push have a Secret where their build is, and nowhere else', () => {
    const places = [...placed('ExternalSecret'), ...placed('Role')].filter(({ metadata }) =>
      /push/.test(metadata.name),
    );
    expect(places.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
      'ExternalSecret builds/nightly-ingress-controller-push',
      'Role builds/read-nightly-ingress-controller-push',
    ]);
  });

  it('that push are never pull secrets', () => {
    const lists = [...kind(objects, 'ServiceAccount'), podOf(objects)].flatMap(
      ({ imagePullSecrets = [] }) => imagePullSecrets,
    );
    expect(lists.filter(({ name }: Manifest) => /push/.test(name))).toEqual([]);
  });

  it('are added to pods that name pull secrets of their own where that is said', () => {
    expect([
      ...kind(objects, 'MutatingAdmissionPolicy'),
      ...kind(objects, 'MutatingAdmissionPolicyBinding'),
    ]).toMatchSnapshot();
  });

  it('are nothing where there are none', () => {
    const names = (settings: Partial<ClusterProps>) =>
      objectsOf({ ...minimal, ...settings }).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    expect(names({ tokens: [] })).toEqual(names({}));
  });

  it('depend on no day', () => {
    expect(objectsOf({ ...variants.tokens, today: '2600-01-01' } as typeof minimal)).toEqual(objects);
  });
});

it('the four of the Ingress Controller are those of the default stack.yaml, but for what is said of their use', () => {
  const [byDefault] = readStackFile('stack.yaml', '2026-01-01').clusters[0]?.tokens ?? [];
  const pods = [{ namespace: 'kong', serviceAccounts: ['kong-controller'] }];
  const made = IngressControllerTokens.of({
    owner: 'team-kubernetes',
    releasePods: pods,
    nightlyPods: pods,
    quota: { plan: 'team' },
  });
  expect(byDefault).toMatchObject(made);
  const purposes = [...(made.pull ?? []), ...(made.push ?? [])].map(({ purpose }) => purpose);
  expect(purposes).toEqual([
    'kubernetes-ingress-controller pull',
    'nightly-ingress-controller pull',
    'kubernetes-ingress-controller push',
    'nightly-ingress-controller push',
  ]);
});

it('keys carry the repository for every name of Docker Hub', () => {
  expect(configKeys('docker.io', ['kong/app'])).toEqual([
    'docker.io/kong/app',
    'index.docker.io/kong/app',
    'registry-1.docker.io/kong/app',
  ]);
  expect(configKeys('quay.io', ['a/b', 'a/c'])).toEqual(['quay.io/a/b', 'quay.io/a/c']);
});
