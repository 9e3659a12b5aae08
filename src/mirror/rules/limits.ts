import { type Draft, isBroken } from '../../settings/draft';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import { mirrorDefaults } from '../props/defaults';
import type { MirrorSettings } from '../props/mirror-settings';

/** One source gets fewer connections than there are in all. */
export function checkLimits({ limits = {} }: Draft<MirrorSettings>): RuleProblem[] {
  const byDefault = mirrorDefaults.limits;
  const { connectionsPerSource = byDefault.connectionsPerSource, connections = byDefault.connections } = limits;
  if (isBroken(limits, 'connections') || connectionsPerSource <= connections) return [];
  const message = `one source could hold all of the ${connections} connections (limits.connections): make it smaller`;
  return [invalidValue(['limits', 'connectionsPerSource'], connectionsPerSource, message)];
}
