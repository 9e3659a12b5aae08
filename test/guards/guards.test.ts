import { kind, type Manifest, minimal, objectsOf, tokens, variants } from '../support';

const objects = objectsOf(variants.guards ?? minimal);
const isGuard = ({ metadata }: Manifest) => metadata.name.startsWith('secured-mirror-guard');
const policies = kind(objects, 'ValidatingAdmissionPolicy').filter(isGuard);
const bindings = kind(objects, 'ValidatingAdmissionPolicyBinding').filter(isGuard);
const withGuards = (guards: object) => objectsOf({ ...variants.guards, guards } as typeof minimal);
const bindingOf = (guards: object, name: string) =>
  kind(withGuards(guards), 'ValidatingAdmissionPolicyBinding').find(({ metadata }) => metadata.name === name);

describe('the guards', () => {
  it('are left out unless the settings name them, with their lists', () => {
    expect(objectsOf(minimal).filter(isGuard)).toEqual([]);
    expect(kind(objectsOf(minimal), 'Namespace')[0].metadata.annotations).toBeUndefined();
  });

  it('read their lists from annotations of the mirror’s namespace', () => {
    const [{ metadata }] = kind(objects, 'Namespace');
    expect(metadata.annotations).toMatchSnapshot();
    for (const { spec } of bindings.filter(({ spec }) => spec.paramRef)) {
      expect(spec.paramRef).toEqual({ name: metadata.name, parameterNotFoundAction: 'Allow' });
    }
    for (const { spec } of policies.filter(({ spec }) => spec.paramKind)) {
      expect(spec.paramKind).toEqual({ apiVersion: 'v1', kind: 'Namespace' });
    }
  });

  it('come after all that they judge', () => {
    expect(objects.slice(objects.findIndex(isGuard)).every(isGuard)).toBe(true);
  });

  it('have a binding each', () => {
    expect(bindings.map(({ spec }) => spec.policyName)).toEqual(policies.map(({ metadata }) => metadata.name));
    expect(policies.length).toBeGreaterThanOrEqual(4);
  });

  it('read no list that nobody writes, and the cluster’s addresses wherever they judge one', () => {
    const written = Object.keys(kind(objects, 'Namespace')[0].metadata.annotations);
    const text = JSON.stringify(policies.map(({ spec }) => [spec.variables, spec.validations]));
    const read = [...text.matchAll(/params[.]metadata[.][?]annotations\[\?'([^']*)'/g)].map(([, name]) => name);
    expect([...new Set(read)].sort()).toEqual(written.sort());
    for (const { spec } of policies.filter(({ spec }) => JSON.stringify(spec).includes('variables.local'))) {
      expect(spec.variables[0].expression).toContain("'secured-mirror/cidrs'");
      const [wrong, empty] = spec.validations.slice(-2);
      expect(wrong.expression).toContain('!isCIDR(line)');
      expect(empty.expression).toBe('size(variables.cidrs) > 0');
    }
  });

  it.each([
    ['Audit', ['Audit'], 'Ignore'],
    ['Warn', ['Warn', 'Audit'], 'Ignore'],
    ['Deny', ['Deny'], 'Fail'],
  ])('refuse with Deny alone, and never for want of their lists: %s', (action, validationActions, failurePolicy) => {
    const made = withGuards({ action }).filter(isGuard);
    for (const { spec } of kind(made, 'ValidatingAdmissionPolicyBinding')) {
      expect(spec.validationActions).toEqual(validationActions);
      if (spec.paramRef) expect(spec.paramRef.parameterNotFoundAction).toBe('Allow');
    }
    for (const { spec } of kind(made, 'ValidatingAdmissionPolicy')) expect(spec.failurePolicy).toBe(failurePolicy);
  });

  it('take the action of a guard before the action of all', () => {
    const name = 'secured-mirror-guard-webhooks';
    const guards = { action: 'Audit', webhooks: { action: 'Warn' } };
    expect(bindingOf(guards, name).spec.validationActions).toEqual(['Warn', 'Audit']);
    expect(bindingOf({ action: 'Audit' }, name).spec.validationActions).toEqual(['Audit']);
  });

  it.each(['webhooks', 'endpoints', 'services', 'probes'])('judge by these expressions: %s', (guard) => {
    expect(policies.find(({ metadata }) => metadata.name === `secured-mirror-guard-${guard}`).spec).toMatchSnapshot();
  });

  it.each(Object.entries({ 'by default': {}, 'with operators': { groups: ['platform'], fieldManagers: ['flux'] } }))(
    'say who can lift what they refuse: %s',
    (_, operators) => {
      const issuer = { ref: { name: 'org', kind: 'ClusterIssuer' } };
      const settings = { tokens, today: '2025-06-01', authentication: { mutualTls: { issuer } } };
      const guards = { mirrorNamespace: { operators } };
      const all = objectsOf({ ...variants.guards, ...settings, guards } as typeof minimal).filter(isGuard);
      const made = kind(all, 'ValidatingAdmissionPolicy');
      expect(made.length).toBe(9);
      const messages = made.flatMap(({ metadata, spec }) =>
        spec.validations.map(({ messageExpression }: Manifest) => [metadata.name, messageExpression as string]),
      );
      const silent = messages.filter(
        ([name, text]) =>
          !/ annotation secured-mirror\/|under bindTo'$/.test(text) &&
          !text.includes(`the ValidatingAdmissionPolicyBinding ${name}`),
      );
      expect(silent).toEqual([]);
    },
  );
});
