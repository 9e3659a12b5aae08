import { kind, minimal, objectsOf, tokens, variants } from '../../support';

const objects = objectsOf(variants.tokens ?? minimal);
const policies = kind(objects, 'ValidatingAdmissionPolicy');
const named = (name: string) => policies.find(({ metadata }) => metadata.name === `secured-mirror-${name}`);

describe('admission', () => {
  it('refuses the Secrets of push tokens as pull secrets', () => {
    expect(named('push-secrets').spec).toMatchSnapshot();
  });

  it('refuses them in other namespaces than their builds', () => {
    expect(named('push-secret-places').spec.validations).toMatchSnapshot();
  });

  it('refuses the shared account from the day after its last', () => {
    expect(named('shared-accounts').spec.validations).toMatchSnapshot();
    const [first] = tokens;
    const account = { ...first?.sharedAccount, extension: undefined, usedBy: undefined };
    const [policy] = kind(
      objectsOf({ ...minimal, tokens: [{ organization: 'kong', sharedAccount: account as never }] }),
      'ValidatingAdmissionPolicy',
    );
    expect(policy.spec.validations[0].expression).toContain("< timestamp('2025-06-16T00:00:00Z')");
  });

  it('fails closed, and denies', () => {
    for (const { spec } of policies) expect(spec.failurePolicy).toBe('Fail');
    const bindings = kind(objects, 'ValidatingAdmissionPolicyBinding');
    expect(bindings.map(({ spec }) => spec)).toEqual(
      policies.map(({ metadata }) => ({ policyName: metadata.name, validationActions: ['Deny'] })),
    );
  });

  it('is left out where that is said, and where there is nothing to refuse', () => {
    expect(
      kind(
        objectsOf({ ...variants.tokens, admission: { policies: false } } as typeof minimal),
        'ValidatingAdmissionPolicy',
      ),
    ).toEqual([]);
    expect(kind(objectsOf(minimal), 'ValidatingAdmissionPolicy')).toEqual([]);
  });
});
