import type { RuleGroup } from '../../../imports/monitoring';
import type { ResolvedMirror } from '../../mirror/resolved';
import type { ResolvedTokens } from '../../tokens/model/resolved';
import { certificateRules } from './certificates';
import { limitRules } from './limits';
import { refusalRules } from './refusals';
import { rotationRules } from './rotation';
import { tokenRules } from './tokens';
import { usageRules } from './usage';

/**
 * Recording rules and alerts of a cluster, as Prometheus reads them below `groups`.
 *
 * @param mirror the mirror
 * @param tokens the tokens
 */
export function ruleGroups({ authentication, limits }: ResolvedMirror, tokens: ResolvedTokens): RuleGroup[] {
  const { mutualTls, basic } = authentication;
  return [
    usageRules,
    refusalRules,
    ...(mutualTls ? [certificateRules(mutualTls.certificates)] : []),
    ...(basic ? [rotationRules] : []),
    limitRules(limits),
    ...tokenRules(tokens),
  ];
}
