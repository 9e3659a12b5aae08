import { kind, type Manifest, minimal, objectsOf, variants } from '../support';

const objects = objectsOf(variants.guards ?? minimal);
const isGuard = ({ metadata }: Manifest) => metadata.name.startsWith('secured-mirror-guard');
const policies = kind(objects, 'ValidatingAdmissionPolicy').filter(isGuard);
const bindings = kind(objects, 'ValidatingAdmissionPolicyBinding').filter(isGuard);
const bindingOf = (settings: object, name: string) =>
  objectsOf({ ...minimal, ...variants.guards, ...settings } as typeof minimal).find(
    (object) => object.kind === 'ValidatingAdmissionPolicyBinding' && object.metadata.name === name,
  );

describe('the guards', () => {
  it('are left out unless the settings name them', () => {
    expect(objectsOf(minimal).filter(isGuard)).toEqual([]);
  });

  it('read their lists from a ConfigMap', () => {
    expect(kind(objects, 'ConfigMap').find(isGuard)).toMatchSnapshot();
  });

  it('come after all that they judge, their parameters first', () => {
    const first = objects.findIndex(isGuard);
    expect(objects.slice(first).every(isGuard)).toBe(true);
    expect(objects[first].kind).toBe('ConfigMap');
  });

  it('have a binding each', () => {
    expect(bindings.map(({ spec }) => spec.policyName)).toEqual(policies.map(({ metadata }) => metadata.name));
  });

  it.each([
    ['Audit', ['Audit'], 'Allow', 'Ignore'],
    ['Warn', ['Warn', 'Audit'], 'Allow', 'Ignore'],
    ['Deny', ['Deny'], 'Deny', 'Fail'],
  ])('refuse with Deny alone: %s', (action, validationActions, parameterNotFoundAction, failurePolicy) => {
    const made = objectsOf({ ...minimal, ...variants.guards, guards: { action } } as typeof minimal).filter(isGuard);
    for (const { spec } of kind(made, 'ValidatingAdmissionPolicyBinding')) {
      expect(spec.validationActions).toEqual(validationActions);
      if (spec.paramRef) expect(spec.paramRef.parameterNotFoundAction).toBe(parameterNotFoundAction);
    }
    for (const { spec } of kind(made, 'ValidatingAdmissionPolicy')) expect(spec.failurePolicy).toBe(failurePolicy);
  });

  it('take the action of a guard before the action of all', () => {
    const guards = { action: 'Audit', webhooks: { action: 'Warn' } };
    expect(bindingOf({ guards }, 'secured-mirror-guard-webhooks').spec.validationActions).toEqual(['Warn', 'Audit']);
    expect(bindingOf({ guards: { action: 'Audit' } }, 'secured-mirror-guard-webhooks').spec.validationActions).toEqual([
      'Audit',
    ]);
  });
});
