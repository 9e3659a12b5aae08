import { Construct } from 'constructs';
import { ValidatingAdmissionPolicy } from '../../../imports/admission-registration';
import { literal } from '../../kubernetes/cel';
import { objectLabels } from '../../kubernetes/names';
import { written } from '../../kubernetes/written';
import type { ResolvedPushToken } from '../model/resolved';
import { pullSecretNames } from './pull-secret-names';

/** Name of the policy that refuses the Secret of a push token as an imagePullSecret. */
export const PUSH_SECRETS_POLICY = 'secured-mirror-push-secrets';

/**
 * Refuses the Secret of a push token as an imagePullSecret, at pods, ServiceAccounts and workloads, and refuses a Secret of such a name
 * in any namespace but its build workload's.
 */
export class PushSecretPolicy extends Construct {
  /**
   * @param scope the stack
   * @param id id in the scope
   * @param tokens tokens that push, at least one
   */
  public constructor(scope: Construct, id: string, tokens: ResolvedPushToken[]) {
    super(scope, id);
    const names = literal(tokens.map(({ secret }) => secret));
    const places = tokens.flatMap(({ secret, namespaces }) => namespaces.map((namespace) => `${namespace}/${secret}`));
    new ValidatingAdmissionPolicy(this, 'Resource', {
      name: PUSH_SECRETS_POLICY,
      labels: { ...objectLabels },
      matchConstraints: {
        resourceRules: [
          written('', ['pods', 'serviceaccounts', 'replicationcontrollers']),
          written('apps', ['deployments', 'statefulsets', 'daemonsets', 'replicasets']),
          written('batch', ['jobs', 'cronjobs']),
        ],
      },
      // Existing objects can still be changed and ended; the policy refuses only names that are added.
      variables: [
        { name: 'old', expression: `request.operation == 'UPDATE' ? ${pullSecretNames('oldObject')} : []` },
        {
          name: 'push',
          expression: `${pullSecretNames('object')}.filter(name, name in ${names} && !(name in variables.old))`,
        },
      ],
      validations: [
        {
          expression: 'size(variables.push) == 0',
          messageExpression:
            "'the Secret ' + variables.push[0] + ' holds a token that can push: it is for a build, never an imagePullSecret; " +
            "name the Secret of a token that only pulls'",
          reason: 'Forbidden',
        },
      ],
    });
    new ValidatingAdmissionPolicy(this, 'places', {
      name: 'secured-mirror-push-secret-places',
      labels: { ...objectLabels },
      matchConstraints: { resourceRules: [written('', ['secrets'])] },
      variables: [
        { name: 'name', expression: 'object.metadata.name' },
        { name: 'place', expression: "request.namespace + '/' + object.metadata.name" },
      ],
      validations: [
        {
          expression: `!(variables.name in ${names}) || variables.place in ${literal(places)}`,
          messageExpression:
            "'a Secret ' + variables.name + ' holds a token that can push, and this namespace has no build that is declared for it'",
          reason: 'Forbidden',
        },
      ],
    });
  }
}
