import { App, Chart, Testing } from 'cdk8s';
import { OrganizationTokens, PullToken, type PullTokenProps, PushToken, type PushTokenProps } from '../../../src';
import { type Manifest, tokens } from '../../support';

const [kong = { organization: 'kong' }] = tokens;
const [release, nightly] = kong.pull as [PullTokenProps, PullTokenProps];
const [, builder] = kong.push as [PushTokenProps, PushTokenProps];
const whose = { organization: 'kong' };
const today = '2025-06-01';

/** The objects of one construct in a chart of its own. */
function made(make: (chart: Chart) => void): Manifest[] {
  const chart = new Chart(new App(), 'test');
  make(chart);
  return Testing.synth(chart);
}

const names = (objects: Manifest[]) =>
  objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);

describe('a token alone', () => {
  it('that pulls has its Secret and its readers in each namespace', () => {
    const external = { ...nightly, holders: release.holders };
    expect(names(made((chart) => new PullToken(chart, 'token', { ...external, ...whose })))).toEqual([
      'ExternalSecret kong/nightly-ingress-controller-pull',
      'Role kong/read-nightly-ingress-controller-pull',
      'RoleBinding kong/read-nightly-ingress-controller-pull',
      'ExternalSecret nightly/nightly-ingress-controller-pull',
      'Role nightly/read-nightly-ingress-controller-pull',
      'RoleBinding nightly/read-nightly-ingress-controller-pull',
    ]);
  });

  it('that the mirror pulls with is in the namespace of the mirror', () => {
    const props = { ...nightly, ...whose, bindTo: [], mirror: true };
    expect(names(made((chart) => new PullToken(chart, 'token', props)))).toEqual([
      'ExternalSecret secured-mirror/nightly-ingress-controller-pull',
    ]);
    expect(names(made((chart) => new PullToken(chart, 'token', { ...props, mirrorNamespace: 'images' })))).toEqual([
      'ExternalSecret images/nightly-ingress-controller-pull',
    ]);
  });

  it('that a credential provider brings has no Secret', () => {
    const bindTo = [{ namespace: 'kong', serviceAccounts: ['controller'] }];
    const { externalSecret, ...props } = { ...nightly, bindTo };
    const token = new PullToken(new Chart(new App(), 'test'), 'token', {
      ...props,
      ...whose,
      credentialProvider: 'ours',
      registry: 'a.azurecr.io',
    });
    expect([token.purpose, token.imagePullSecret]).toEqual(['nightly-ingress-controller pull', undefined]);
  });

  it('that pushes has its Secret where its build is', () => {
    const objects = made((chart) => {
      const token = new PushToken(chart, 'token', { ...builder, ...whose });
      expect([token.purpose, token.buildSecret]).toEqual([builder.purpose, 'nightly-ingress-controller-push']);
    });
    expect(names(objects)).toEqual([
      'ExternalSecret builds/nightly-ingress-controller-push',
      'Role builds/read-nightly-ingress-controller-push',
      'RoleBinding builds/read-nightly-ingress-controller-push',
    ]);
  });

  it('is refused in the user’s words', () => {
    const chart = new Chart(new App(), 'test');
    const pull = { ...nightly, ...whose, repositories: [] };
    expect(() => new PullToken(chart, 'a', pull)).toThrow(/^repositories: got an empty list; /m);
    const push = { ...builder, ...whose, purpose: '' };
    expect(() => new PushToken(chart, 'b', push)).toThrow(/^purpose: got ""; /m);
    expect(() => new PushToken(chart, 'c', { ...builder, organization: 'two words' })).toThrow(
      /^organization: got "two words"; /m,
    );
  });
});

describe('the tokens of an organisation alone', () => {
  it('are what its tokens are one by one', () => {
    const all = { ...kong, today };
    const objects = made((chart) => {
      const { pull, push } = new OrganizationTokens(chart, 'tokens', all);
      expect(pull.map(({ imagePullSecret }) => imagePullSecret)).toEqual([
        'kubernetes-ingress-controller-pull',
        'nightly-ingress-controller-pull',
      ]);
      expect(push.map(({ buildSecret }) => buildSecret)).toEqual([
        'kubernetes-ingress-controller-push',
        'nightly-ingress-controller-push',
      ]);
    });
    const single = made((chart) => {
      for (const props of kong.pull ?? []) new PullToken(chart, props.purpose, { ...props, ...whose });
      for (const props of kong.push ?? []) new PushToken(chart, props.purpose, { ...props, ...whose });
    });
    expect(objects).toEqual(single);
    expect(objects.length).toBeGreaterThan(6);
  });

  it('are refused where two have a purpose, and after the last day of the shared account', () => {
    const chart = new Chart(new App(), 'test');
    const twice = { ...whose, pull: [release, release] };
    expect(() => new OrganizationTokens(chart, 'a', twice)).toThrow(
      /^pull\[1\]\.purpose: .*another token has this purpose/m,
    );
    const { extension, ...sharedAccount } = kong.sharedAccount ?? { user: '', secret: '', retireBy: '' };
    const ended = { ...whose, pull: [release], sharedAccount };
    expect(() => new OrganizationTokens(chart, 'b', { ...ended, today: '2025-06-16' })).toThrow(
      /^sharedAccount\.retireBy: /m,
    );
    expect(() => new OrganizationTokens(chart, 'c', { ...ended, today: '2025-06-15' })).not.toThrow();
  });
});
