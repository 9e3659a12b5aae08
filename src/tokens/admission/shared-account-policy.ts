import { Construct } from 'constructs';
import { ValidatingAdmissionPolicy } from '../../../imports/admission-registration';
import { literal } from '../../kubernetes/cel';
import { objectLabels } from '../../kubernetes/names';
import { addDays } from '../../settings/calendar';
import type { ResolvedSharedAccount } from '../model/resolved';
import { pullSecretNames } from './pull-secret-names';

/**
 * Refuses new pods and ServiceAccounts with the Secret of a shared account once its last day is over. The API server has no clock in
 * CEL, but it stamps what is created before it asks the policies (measured), so that no apply is needed on the day.
 */
export class SharedAccountPolicy extends Construct {
  /**
   * @param scope the stack
   * @param id id in the scope
   * @param accounts shared accounts, at least one
   */
  public constructor(scope: Construct, id: string, accounts: ResolvedSharedAccount[]) {
    super(scope, id);
    new ValidatingAdmissionPolicy(this, 'Resource', {
      name: 'secured-mirror-shared-accounts',
      labels: { ...objectLabels },
      matchConstraints: {
        resourceRules: [
          { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods', 'serviceaccounts'] },
        ],
      },
      variables: [{ name: 'pullSecrets', expression: pullSecretNames('object') }],
      validations: accounts.map(({ secret, lastDay }) => {
        const end = `timestamp('${addDays(lastDay, 1)}T00:00:00Z')`;
        return {
          expression: `!variables.pullSecrets.exists(name, name in ${literal([secret])}) || timestamp(object.metadata.creationTimestamp) < ${end}`,
          messageExpression: `'the shared account of the Secret ${secret} ended after ${lastDay}: name the Secret of a pull token'`,
          reason: 'Forbidden',
        };
      }),
    });
  }
}
