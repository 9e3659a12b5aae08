import { App, Chart } from 'cdk8s';
import { ClusterTokens, SecuredStack } from '../../src';
import { type Manifest, minimal, objectsOf, tokens, variants } from '../support';

/** Kinds of the whole cluster. */
const EVERYWHERE =
  /^(Namespace|(Validating|Mutating)AdmissionPolicy(Binding)?|CiliumClusterwideNetworkPolicy|GlobalNetworkPolicy)$/;

/** The objects of a chart of yours that has a namespace and labels. */
function within(make: (chart: Chart) => void): Manifest[] {
  const app = new App();
  make(new Chart(app, 'yours', { namespace: 'yours', labels: { team: 'platform' } }));
  return app.charts.flatMap((chart) => chart.toJson());
}

describe.each(Object.entries(variants))('in a chart with a namespace and labels of its own, %s', (_name, props) => {
  const objects = within((chart) => new SecuredStack(chart, 'stack', props));

  it('has every object in the namespace that it has anywhere, and those of the cluster in none', () => {
    const placed = (list: Manifest[]) =>
      list.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`).sort();
    expect(placed(objects)).toEqual(placed(objectsOf(props)));
    expect(objects.filter(({ kind, metadata }) => EVERYWHERE.test(kind) && 'namespace' in metadata)).toEqual([]);
  });

  it("keeps the stack's labels beside the chart's", () => {
    const plain = objectsOf(props).find(({ kind }) => kind === 'DaemonSet');
    const labelled = objects.find(({ kind }) => kind === 'DaemonSet');
    expect(labelled.metadata.labels).toEqual({ ...plain.metadata.labels, team: 'platform' });
    expect(labelled.spec).toEqual(plain.spec);
  });
});

describe('ClusterTokens', () => {
  const { name, today } = { name: 'test', today: '2025-06-01' };

  it('makes what a stack makes of its tokens, and nothing else', () => {
    const alone = within(
      (chart) => new ClusterTokens(chart, 'tokens', { name, today, namespace: 'secured-mirror', tokens }),
    );
    const stack = within((chart) => new SecuredStack(chart, 'stack', { ...minimal, name, today, tokens }));
    const without = within((chart) => new SecuredStack(chart, 'stack', { ...minimal, name, today }));
    const key = ({ kind, metadata }: Manifest) => `${kind} ${metadata.namespace}/${metadata.name}`;
    const others = new Set(without.map(key));
    const own = stack.filter((object) => !others.has(key(object)));
    expect(own.length).toBeGreaterThan(15);
    expect(new Map(alone.map((object) => [key(object), object]))).toEqual(
      new Map(own.map((object) => [key(object), object])),
    );
  });

  it('has no admission policies where they are turned off', () => {
    const props = { name, today, namespace: 'platform', tokens, admission: { policies: false } };
    const kinds = within((chart) => new ClusterTokens(chart, 'tokens', props)).map(({ kind }) => kind);
    expect(kinds).not.toContain('ValidatingAdmissionPolicy');
    expect(kinds).toContain('ConfigMap');
  });

  it('warns as the stack does', () => {
    // A token expires soon.
    const props = { name, today: '2025-09-20', tokens };
    const { warnings } = new ClusterTokens(new Chart(new App(), 'a'), 'tokens', { ...props, namespace: 'platform' });
    const stack = new SecuredStack(new Chart(new App(), 'b'), 'stack', { ...minimal, ...props });
    expect(warnings).toEqual(stack.warnings);
    expect(warnings.length).toBeGreaterThan(0);
  });

  it('fails in the user’s words', () => {
    const wrong = tokens.map((props) => ({ ...props, organization: 'not a name' }));
    const chart = new Chart(new App(), 'chart');
    const props = { name, namespace: 'platform', tokens: wrong };
    expect(() => new ClusterTokens(chart, 'tokens', props)).toThrow(/^tokens\[0\]\.organization: got "not a name"; /m);
    expect(() => new ClusterTokens(chart, 'late', { ...props, tokens, today: 'soon' })).toThrow(
      /^today: got "soon"; /m,
    );
  });
});
