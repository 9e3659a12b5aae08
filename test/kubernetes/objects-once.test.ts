import { App, Chart } from 'cdk8s';
import { ClusterTokens, IngressControllerTokens, OrganizationTokens, PullToken, SecuredStack } from '../../src';
import { minimal } from '../support';

const organization = IngressControllerTokens.of({
  owner: 'team',
  releasePods: [{ namespace: 'kong', serviceAccounts: ['controller'] }],
});
const externalSecret = { store: 'vault', key: 'registry/pull' };
const [release = { purpose: 'a pull', repositories: ['kong/a'], owner: 'a', bindTo: [] }] = organization.pull ?? [];
const token = { ...release, organization: 'kong', externalSecret };
const tokens = { name: 'test', namespace: 'platform', tokens: [organization] };

/** What makes objects of the same names, with its class and its path in messages. */
const makers: { readonly [what: string]: (chart: Chart, id: string) => object } = {
  SecuredStack: (chart, id) => new SecuredStack(chart, id, { ...minimal, tokens: [organization] }),
  ClusterTokens: (chart, id) => new ClusterTokens(chart, id, tokens),
};
const pairs = Object.keys(makers).flatMap((one) => Object.keys(makers).map((other) => [one, other] as const));

const make = (type: string, chart: Chart, id: string) => makers[type]?.(chart, id);

describe('what makes the same objects as another', () => {
  it.each(pairs)('is refused in one chart: %s, then %s', (one, other) => {
    const chart = new Chart(new App(), 'chart');
    make(one, chart, 'one');
    expect(() => make(other, chart, 'two')).toThrow(
      new RegExp(
        `^${other} chart/two: ${one} chart/one makes the same objects already: \\w+ \\S+ and \\d+ more\\. For one cluster`,
      ),
    );
  });

  it.each(pairs)('is refused across charts of an app: %s, then %s', (one, other) => {
    const app = new App();
    make(one, new Chart(app, 'a'), 'x');
    expect(() => make(other, new Chart(app, 'b'), 'x')).toThrow(
      `${other} b/x: ${one} a/x makes the same objects already`,
    );
  });

  it.each(pairs)('is fine in an app of its own: %s, then %s', (one, other) => {
    make(one, new Chart(new App(), 'a'), 'x');
    expect(() => make(other, new Chart(new App(), 'a'), 'x')).not.toThrow();
  });

  it('names the objects, and what to change', () => {
    const chart = new Chart(new App(), 'chart');
    new PullToken(chart, 'a', token);
    expect(() => new PullToken(chart, 'b', token)).toThrow(
      'PullToken chart/b: PullToken chart/a makes the same objects already: ' +
        'ExternalSecret kong/kubernetes-ingress-controller-pull. For one cluster, put all settings into one of them; ' +
        'for two clusters, give each an App of its own',
    );
    const props = { organization: 'kong', pull: [{ ...release, externalSecret }] };
    expect(() => new OrganizationTokens(chart, 'c', props)).toThrow(
      'OrganizationTokens chart/c: PullToken chart/a makes',
    );
  });

  it('is refused below the other, once that is complete', () => {
    const chart = new Chart(new App(), 'chart');
    const props = { ...tokens, namespace: 'secured-mirror' };
    const stack = new SecuredStack(chart, 'stack', { ...minimal, tokens: [organization] });
    const said = 'ClusterTokens chart/stack/more: SecuredStack chart/stack makes the same objects already';
    expect(() => new ClusterTokens(stack, 'more', props)).toThrow(said);
    const none = new PullToken(chart, 'none', {
      ...release,
      organization: 'kong',
      credentialProvider: 'ecr',
    });
    expect(() => new ClusterTokens(none, 'more', props)).toThrow(
      'ClusterTokens chart/none/more: SecuredStack chart/stack',
    );
  });

  it('is fine once the other, or what it was in, is removed', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const all = { ...minimal, tokens: [organization] };
    new SecuredStack(chart, 'stack', all);
    chart.node.tryRemoveChild('stack');
    const stack = new SecuredStack(chart, 'stack', all);
    stack.node.tryRemoveChild('tokens');
    stack.node.tryRemoveChild('admission');
    new ClusterTokens(chart, 'tokens', { ...tokens, namespace: 'secured-mirror' });
    expect(() => new SecuredStack(chart, 'again', all)).toThrow('makes the same objects already');
    app.node.tryRemoveChild('chart');
    expect(() => new SecuredStack(new Chart(app, 'chart'), 'again', all)).not.toThrow();
  });

  it('is fine where the objects differ', () => {
    const chart = new Chart(new App(), 'chart');
    new SecuredStack(chart, 'stack', minimal);
    new ClusterTokens(chart, 'tokens', tokens);
    new PullToken(chart, 'one', { ...token, purpose: 'other pull' });
    expect(() => new PullToken(chart, 'two', { ...token, purpose: 'third pull' })).not.toThrow();
  });
});
