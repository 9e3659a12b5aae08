import { checkDatedProps } from '../schemas/check-props';
import type { RuleProblem } from '../settings/rule-problem';
import type { ClusterProps } from './cluster-props';
import { checkCluster } from './rules';

/**
 * Every mistake in the settings of a stack. Paths are relative to the cluster.
 *
 * @param given the settings, of whatever form
 */
export function checkSecuredStack(given: unknown): RuleProblem[] {
  return checkDatedProps<ClusterProps>(given, 'SecuredStackProps', checkCluster);
}
