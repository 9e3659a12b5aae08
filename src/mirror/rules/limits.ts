import { type Draft, isBroken } from '../../settings/draft';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import type { MirrorSettings } from '../props/mirror-settings';

/** One source may not hold more connections than there are in all. */
export function checkLimits({ limits = {} }: Draft<MirrorSettings>): RuleProblem[] {
  const { connectionsPerSource = 64, connections = 10_000 } = limits;
  if (isBroken(limits, 'connections') || connectionsPerSource <= connections) return [];
  const message = `one source could hold all of the ${connections} connections (limits.connections): make it smaller`;
  return [invalidValue(['limits', 'connectionsPerSource'], connectionsPerSource, message)];
}
