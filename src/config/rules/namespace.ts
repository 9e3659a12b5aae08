import type { ClusterProps } from '../cluster-props';
import type { Draft } from './draft';
import { type RuleProblem, wrong } from './rule-problem';

/** The namespace is the mirror's own. */
export function checkNamespace({ namespace = '' }: Draft<ClusterProps>): RuleProblem[] {
  const taken = namespace.startsWith('kube-') || ['default', 'cert-manager'].includes(namespace);
  if (!taken) return [];
  const message =
    "all traffic of the mirror's namespace is denied by default, so it must be its own, such as secured-mirror";
  return [wrong(['namespace'], namespace, message)];
}
