import { minimal, objectsOf, variants } from '../../support';

describe('what makes pods wait', () => {
  it('is this', () => {
    const objects = objectsOf(variants.nodeReadiness ?? minimal);
    const own = objects.filter(({ kind }) => /^(ClusterRole|ValidatingAdmission|NodeReadiness)/.test(kind));
    expect(own).toMatchSnapshot();
  });

  it('is only reported where the user asks for that', () => {
    const { nodeReadiness } = variants.nodeReadiness ?? minimal;
    const rule = (own: object) =>
      objectsOf({ ...minimal, nodeReadiness: { ...nodeReadiness, ...own } }).find(
        ({ kind }) => kind === 'NodeReadinessRule',
      );
    expect(rule({ dryRun: true }).spec).toEqual({ ...rule({}).spec, dryRun: true });
  });

  it('is in no namespace, whatever the chart’s is', () => {
    const objects = objectsOf({ ...(variants.nodeReadiness ?? minimal), namespace: 'images' });
    const own = objects.filter(({ kind }) => /^(ClusterRole|ValidatingAdmission|NodeReadiness)/.test(kind));
    expect(own.map(({ metadata }) => metadata.namespace)).toEqual(own.map(() => undefined));
    expect(JSON.stringify(own)).toContain('system:serviceaccount:images:mirror');
  });
});
