import { Construct } from 'constructs';
import { ValidatingAdmissionPolicy, type ValidatingAdmissionPolicyProps } from '../../imports/admission-registration';
import { GUARD, objectLabels } from '../kubernetes/names';
import type { GuardAction } from './props/guard-props';

/** What a guard's policy is made of. */
export interface GuardPolicyProps
  extends Pick<ValidatingAdmissionPolicyProps, 'matchConstraints' | 'matchConditions' | 'variables' | 'validations'> {
  /** Its name after `secured-mirror-guard-`. */
  readonly name: string;
  /** What the API server does with what it finds. */
  readonly action: GuardAction;
  /** Namespace of the mirror, which has the parameters; leave it out where the policy reads none. */
  readonly parametersOf?: string;
}

/** `Warn` leaves a trace too. */
const ACTIONS = { Audit: ['Audit'], Warn: ['Warn', 'Audit'], Deny: ['Deny'] } as const;

/**
 * A policy of a guard with its binding. Only a guard that denies fails closed: `Audit` and `Warn` never refuse anything, also when an
 * expression fails.
 *
 * No policy refuses anything while its parameters are gone: it would refuse all that it matches, before its matchConditions, so no pod would
 * start anywhere. The Namespace that has them is there as long as anything of the mirror is.
 */
export class GuardPolicy extends Construct {
  public constructor(scope: Construct, id: string, { name, action, parametersOf, ...policy }: GuardPolicyProps) {
    super(scope, id);
    const deny = action === 'Deny';
    new ValidatingAdmissionPolicy(this, 'Resource', {
      name: `${GUARD}-${name}`,
      labels: { ...objectLabels },
      ...policy,
      failurePolicy: deny ? 'Fail' : 'Ignore',
      validationActions: [...ACTIONS[action]],
      ...(parametersOf === undefined
        ? {}
        : {
            parameters: {
              kind: { apiVersion: 'v1', kind: 'Namespace' },
              ref: { name: parametersOf, parameterNotFoundAction: 'Allow' },
            },
          }),
    });
  }
}
