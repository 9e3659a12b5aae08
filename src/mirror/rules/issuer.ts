import { type Draft, isBroken } from '../../settings/draft';
import { checkOneOf } from '../../settings/one-of';
import { invalidValue, type RuleProblem } from '../../settings/rule-problem';
import { mirrorDefaults } from '../props/defaults';
import type { MirrorSettings } from '../props/mirror-settings';

/** The issuer is one of its two kinds, and one that cert-manager has. */
export function checkIssuer({ authentication }: Draft<MirrorSettings>): RuleProblem[] {
  const issuer = authentication?.mutualTls?.issuer;
  if (issuer === undefined) return [];
  const path = ['authentication', 'mutualTls', 'issuer'];
  const mistakes = checkOneOf(issuer, path, ['caSecret', 'ref']);
  if (mistakes.length > 0) return mistakes;
  const { kind = mirrorDefaults.issuer.kind, group = mirrorDefaults.issuer.group } = issuer.ref ?? {};
  if (isBroken(issuer.ref ?? {}, 'group')) return [];
  if (group !== mirrorDefaults.issuer.group || ['Issuer', 'ClusterIssuer'].includes(kind)) return [];
  const message = 'cert-manager.io has the kinds Issuer and ClusterIssuer: for another issuer give its group too';
  return [invalidValue([...path, 'ref', 'kind'], kind, message)];
}
