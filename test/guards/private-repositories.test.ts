import { privatePlaces } from '../../src/guards/private-places';
import { resolveTokens } from '../../src/tokens/resolve';
import { kind, type Manifest, minimal, objectsOf, tokens, variants } from '../support';

const policy = (settings: object) =>
  kind(
    objectsOf({ ...minimal, ...variants.guards, today: '2025-06-01', ...settings } as typeof minimal),
    'ValidatingAdmissionPolicy',
  ).find(({ metadata }) => metadata.name === 'secured-mirror-guard-private-repositories');

describe('the guard of private repositories', () => {
  it('is this', () => {
    expect(policy({ tokens }).spec).toMatchSnapshot();
  });

  it('is not made where no token pulls', () => {
    expect(policy({})).toBeUndefined();
    expect(policy({ tokens: [{ organization: 'kong', push: tokens[0]?.push }] })).toBeUndefined();
  });

  it('knows the pods of each repository: those of bound accounts, with bound Secrets, and of the shared account', () => {
    expect(privatePlaces(resolveTokens({ name: 'test', tokens }))).toMatchSnapshot();
  });

  it('lets nobody use what is bound to nobody', () => {
    const pull = [{ purpose: 'app pull', repositories: ['acme/app'], owner: 'me', bindTo: [] }];
    expect(privatePlaces(resolveTokens({ name: 'test', tokens: [{ organization: 'acme', pull }] }))).toEqual({
      'docker.io/acme/app': [],
    });
  });

  it('judges every kind that makes pods', () => {
    const rules: Manifest[] = policy({ tokens }).spec.matchConstraints.resourceRules;
    expect(rules.flatMap(({ resources }) => resources).sort()).toEqual([
      'cronjobs',
      'daemonsets',
      'deployments',
      'jobs',
      'pods',
      'pods/ephemeralcontainers',
      'replicasets',
      'replicationcontrollers',
      'statefulsets',
    ]);
  });
});
