import type { Draft } from '../../settings/draft';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { MirrorSettings } from '../props/mirror-settings';

/** The namespace is the mirror's own. */
export function checkNamespace({ namespace = '' }: Draft<MirrorSettings>): RuleProblem[] {
  const taken = namespace.startsWith('kube-') || ['default', 'cert-manager'].includes(namespace);
  if (!taken) return [];
  const message =
    "all traffic of the mirror's namespace is denied by default, so it must be its own, such as secured-mirror";
  return [invalidValue(['namespace'], namespace, message)];
}
